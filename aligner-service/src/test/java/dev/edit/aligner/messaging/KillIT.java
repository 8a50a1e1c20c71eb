package dev.edit.aligner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.aligner.DualTopic;
import dev.edit.aligner.StudentFixture;
import dev.edit.aligner.messaging.KilledWorker.Point;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers, each killed with SIGKILL at every point of a batch's life while the input grows.
 * With {@code -Dedit.full=true}: 10,000 problems and 20 kills a worker.
 */
class KillIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final int LEAST_PROBLEMS = FULL ? 10_000 : 300;
  private static final int KILLS_PER_WORKER = FULL ? 20 : 2;
  private static final int KILLED = 128 + 9;
  private static final long SEED = 20_261_124;

  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private DualTopic topic;
  private String student;
  private final List<Worker> workers = new ArrayList<>();
  private final Set<String> pairs = new HashSet<>();
  private final Set<String> poison = new HashSet<>();

  @BeforeEach
  void start() throws IOException {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(4));
    topic = new DualTopic(kafka.bootstrapServers());
    student = StudentFixture.write(folder.resolve("student")).toString();
  }

  @AfterEach
  void stop() {
    workers.forEach(worker -> worker.process.destroyForcibly());
    topic.close();
    kafka.close();
  }

  @Test
  void shouldEndEveryRecordOnceWhenWorkersAreKilledAtEveryPoint() {
    Random random = new Random(SEED);
    Deque<Point> points = plan(random);
    workers.add(new Worker("a", points, random));
    workers.add(new Worker("b", points, random));
    await("planned kills")
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(FULL ? 15 : 3))
        .until(this::everyKillStruck);
    await("every record's end")
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofMinutes(3))
        .until(() -> ends() >= pairs.size() + poison.size());

    List<String> accepted = topic.read(Topics.KEY_STEPS).stream().map(r -> r.key()).toList();
    List<String> dead = topic.deadLetters().stream().map(DeadLetter::id).toList();
    int kills = workers.stream().mapToInt(worker -> worker.struck).sum();
    System.out.printf(
        "aligner: published %d, accepted %d, dead-lettered %d, lost %d, duplicated %d,"
            + " kills %d of %d planned (seed %d)%n",
        pairs.size() + poison.size(),
        accepted.size(),
        dead.size(),
        pairs.size() + poison.size() - new HashSet<>(accepted).size() - new HashSet<>(dead).size(),
        accepted.size() + dead.size() - new HashSet<>(accepted).size() - new HashSet<>(dead).size(),
        kills,
        2 * KILLS_PER_WORKER,
        SEED);
    assertThat(accepted).as("accepted, seed %s", SEED).containsExactlyInAnyOrderElementsOf(pairs);
    assertThat(dead).as("dead letters").containsExactlyInAnyOrderElementsOf(poison);
    assertThat(kills).isEqualTo(2 * KILLS_PER_WORKER);
  }

  /** Every point as often as every other, in an order drawn by lot. */
  private static Deque<Point> plan(Random random) {
    List<Point> points = new ArrayList<>();
    while (points.size() < 2 * KILLS_PER_WORKER) {
      points.add(Point.values()[points.size() % (Point.values().length - 1)]);
    }
    Collections.shuffle(points, random);
    return new ArrayDeque<>(points);
  }

  /** Feeds and restarts the workers until the plan is through. */
  private boolean everyKillStruck() {
    int published = pairs.size() + poison.size();
    if (published < LEAST_PROBLEMS || published - ends() < 100) {
      putSome();
    }
    workers.forEach(Worker::restartIfKilled);
    return pairs.size() + poison.size() >= LEAST_PROBLEMS
        && workers.stream().allMatch(worker -> worker.struck == KILLS_PER_WORKER);
  }

  private void putSome() {
    for (int i = 0; i < 99; i++) {
      String id = "sums/" + pairs.size();
      pairs.add(id);
      topic.put(StudentFixture.pair(id));
    }
    String id = "poison/" + poison.size();
    poison.add(id);
    topic.put(id, "no JSON");
    topic.flush();
  }

  private int ends() {
    return topic.read(Topics.KEY_STEPS).size() + topic.read(Topics.DEAD_LETTERS).size();
  }

  private final class Worker {
    private final String instance;
    private final Deque<Point> plan = new ArrayDeque<>();
    private final Random random;
    private Process process;
    private int struck;

    Worker(String instance, Deque<Point> points, Random random) {
      this.instance = instance;
      this.random = random;
      while (plan.size() < KILLS_PER_WORKER) {
        plan.add(points.poll());
      }
      launch();
    }

    void restartIfKilled() {
      if (process.isAlive()) {
        return;
      }
      assertThat(process.exitValue()).as("exit of %s: %s", instance, log()).isEqualTo(KILLED);
      struck++;
      launch();
    }

    private void launch() {
      Point point = plan.isEmpty() ? Point.NEVER : plan.poll();
      try {
        process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dai.djl.offline=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledWorker.class.getName(),
                    kafka.bootstrapServers(),
                    student,
                    instance,
                    point.name(),
                    Integer.toString(1 + random.nextInt(3)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(instance + ".log").toFile())
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String log() {
      try {
        return Files.readString(folder.resolve(instance + ".log"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
