package dev.edit.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.recordloop.KafkaClients;
import dev.edit.recordloop.Output;
import dev.edit.recordloop.RecordLoop;
import dev.edit.trainer.domain.Dispatcher;
import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.domain.Samples;
import dev.edit.trainer.metrics.TrainerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two dispatchers of one group on a real broker, and a cluster that both give their workers to. */
class SharedRunsIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int RUNS = 12;
  private static final int PARTITIONS = 4;

  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private final Cluster cluster = new Cluster();

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(folder);
    kafka.createTopics(topic -> topic.name().equals(Topics.RUNS) ? PARTITIONS : 1);
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  /** Keeps workers by name, as an API server keeps Jobs, and counts how often each was made. */
  private static final class Cluster implements RunLauncher {
    private final Map<String, AtomicInteger> made = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> watched = new ConcurrentHashMap<>();

    @Override
    public Worker launch(Run run, Consumer<Note> notes) {
      made.computeIfAbsent(run.id(), id -> new AtomicInteger());
      made.get(run.id()).compareAndSet(0, 1);
      int watchers = watched.computeIfAbsent(run.id(), id -> new AtomicInteger()).incrementAndGet();
      if (watchers > 1) {
        made.get(run.id()).addAndGet(100); // Two at once would show here.
      }
      return new Worker() {
        @Override
        public CompletableFuture<WorkerEnd> end() {
          return new CompletableFuture<>();
        }

        @Override
        public void cancel(Duration grace) {
          throw new AssertionError("nobody asked for that");
        }

        @Override
        public void release(Duration grace) {
          watched.get(run.id()).decrementAndGet();
        }
      };
    }

    @Override
    public Optional<Worker> find(Run run) {
      return Optional.empty();
    }
  }

  /** A dispatcher as its service wires it. */
  private final class Replica implements AutoCloseable {
    private final Dispatcher dispatcher;
    private final RecordLoop loop;
    private final RunEventSender sender;

    Replica(String name) {
      KafkaClients clients = new KafkaClients(kafka.bootstrapServers());
      sender = new RunEventSender(clients.plain());
      dispatcher =
          new Dispatcher(
              cluster,
              new KafkaRunHistory(kafka.bootstrapServers(), LONG),
              sender::send,
              Clock.systemUTC(),
              new Dispatcher.Limits(RUNS, Duration.ofSeconds(1)));
      loop =
          new RecordLoop(
              Topics.RUNS,
              () -> clients.member("edit-trainer"),
              () -> clients.transactional("edit-trainer-" + name),
              new Admission(dispatcher, new TrainerMetrics(new SimpleMeterRegistry())),
              Duration.ofMillis(100),
              new OwnedRuns(dispatcher));
      loop.start();
    }

    @Override
    public void close() {
      loop.close();
      dispatcher.shutdown();
      sender.close();
    }
  }

  private void publishRuns() {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka.bootstrapServers()).plain()) {
      IntStream.range(0, RUNS)
          .mapToObj(i -> Samples.run("run-" + i, Recipe.EDIT, 1, 1, 64, List.of()))
          .forEach(run -> producer.send(Output.of(Topics.RUNS, Run.class, run).toRecord()));
    }
  }

  private long acceptances() {
    long[] count = new long[1];
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), LONG)) {
      reader.readAll(
          Topics.RUN_EVENTS,
          record -> {
            RunEvent event = RecordCodec.of(RunEvent.class).decode(record.value());
            count[0] += event.state() == State.ACCEPTED ? 1 : 0;
          });
    }
    return count[0];
  }

  @Test
  void shouldServeEachRunByOneDispatcherAlsoWhenOneGoes() {
    try (Replica first = new Replica("first");
        Replica second = new Replica("second")) {
      await().atMost(LONG).until(() -> first.loop.isAssigned() && second.loop.isAssigned());
      publishRuns();
      await()
          .atMost(LONG)
          .until(() -> first.dispatcher.active() + second.dispatcher.active() == RUNS);
      assertThat(first.dispatcher.active()).isBetween(1, RUNS - 1);

      first.close();
      await()
          .atMost(LONG)
          .until(
              () -> {
                second.dispatcher.recover();
                return second.dispatcher.active() == RUNS;
              });

      assertThat(cluster.made).hasSize(RUNS);
      assertThat(cluster.made.values()).allSatisfy(made -> assertThat(made).hasValue(1));
      assertThat(acceptances()).isEqualTo(RUNS);
    }
  }
}
