package dev.edit.aligner.messaging;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Real producers of which each injects one planned fault; when the plan is done they are left
 * alone.
 */
final class FaultyProducers implements Supplier<Producer<String, byte[]>> {
  /** Where a fault strikes. */
  enum Fault {
    THIRD_SEND,
    OFFSETS,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private final Supplier<Producer<String, byte[]>> real;
  private final Deque<Fault> plan;
  private final AtomicInteger injected = new AtomicInteger();

  FaultyProducers(Supplier<Producer<String, byte[]>> real, List<Fault> plan) {
    this.real = real;
    this.plan = new ArrayDeque<>(plan);
  }

  int injected() {
    return injected.get();
  }

  @Override
  @SuppressWarnings("unchecked")
  public Producer<String, byte[]> get() {
    Producer<String, byte[]> producer = real.get();
    Fault fault = plan.poll();
    AtomicInteger sends = new AtomicInteger();
    return (Producer<String, byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              boolean third = method.getName().equals("send") && sends.incrementAndGet() == 3;
              if (strikes(fault, method, third) && fault != Fault.AFTER_COMMIT) {
                throw fault(fault);
              }
              Object result = call(producer, method, arguments);
              if (strikes(fault, method, third)) {
                throw fault(fault);
              }
              return result;
            });
  }

  private static boolean strikes(Fault fault, Method method, boolean thirdSend) {
    if (fault == null) {
      return false;
    }
    return switch (fault) {
      case THIRD_SEND -> thirdSend;
      case OFFSETS -> method.getName().equals("sendOffsetsToTransaction");
      case BEFORE_COMMIT, AFTER_COMMIT -> method.getName().equals("commitTransaction");
    };
  }

  private KafkaException fault(Fault fault) {
    injected.incrementAndGet();
    return new KafkaException("injected: " + fault);
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
