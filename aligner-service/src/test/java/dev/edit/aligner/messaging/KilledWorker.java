package dev.edit.aligner.messaging;

import dev.edit.aligner.StudentFixture;
import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.domain.Gates;
import dev.edit.aligner.domain.Student;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.alignment.AlignmentRule;
import dev.edit.tokenizer.Tokenizer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;

/** The aligner's loop in a process of its own, which sends itself SIGKILL at a planned point. */
final class KilledWorker {
  /** Where in the life of a batch the process dies; NEVER runs on. */
  enum Point {
    POLLED,
    COMPUTED,
    SENT,
    COMMITTED,
    NEVER
  }

  private final Point point;
  private int batchesLeft;

  private KilledWorker(Point point, int batch) {
    this.point = point;
    this.batchesLeft = batch;
  }

  /** Arguments: bootstrap servers, student folder, instance, point, number of the batch. */
  public static void main(String[] arguments) {
    KilledWorker worker =
        new KilledWorker(Point.valueOf(arguments[3]), Integer.parseInt(arguments[4]));
    String instance = arguments[2];
    KafkaClients clients =
        new KafkaClients(
            Map.of("bootstrap.servers", arguments[0], "group.instance.id", "static-" + instance));
    Student student = new Student(Tokenizer.load(Path.of(arguments[1])), StudentFixture.EOS_ID);
    AlignmentLoop loop =
        new AlignmentLoop(
            worker.watch(Consumer.class, clients.consumer(10)),
            () -> worker.watch(Producer.class, clients.producer(instance)),
            new DualAlignment(student, AlignmentRule.REFERENCE, new Gates(0.3, 1024)),
            new AlignerMetrics(new SimpleMeterRegistry()));
    Runtime.getRuntime().addShutdownHook(new Thread(loop::close));
    loop.start();
  }

  @SuppressWarnings("unchecked")
  private <T> T watch(Class<? super T> type, T real) {
    return (T)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              before(method, real);
              Object result = call(real, method, arguments);
              after(method, result);
              return result;
            });
  }

  private void before(Method method, Object real) throws IOException {
    if (method.getName().equals("beginTransaction") && point == Point.COMPUTED) {
      strike();
    } else if (method.getName().equals("commitTransaction") && point == Point.SENT) {
      ((Producer<?, ?>) real).flush();
      strike();
    }
  }

  private void after(Method method, Object result) throws IOException {
    boolean polled = result instanceof ConsumerRecords<?, ?> records && !records.isEmpty();
    if ((polled && point == Point.POLLED)
        || (method.getName().equals("commitTransaction") && point == Point.COMMITTED)) {
      strike();
    }
  }

  private void strike() throws IOException {
    if (--batchesLeft > 0) {
      return;
    }
    new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("still alive", e);
    }
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
