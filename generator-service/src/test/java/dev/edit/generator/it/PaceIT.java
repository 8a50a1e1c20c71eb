package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.embeddedkafka.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One worker, a teacher that takes half a second whatever it is asked, 256 calls at once: the ideal
 * is 512 calls a second, from the first call to the last reply. Before that it warms up. {@code
 * -Dedit.full=true} runs long enough for start and end not to matter, and holds it to 95 %.
 */
class PaceIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final Duration LATENCY = Duration.ofMillis(500);
  private static final int CONCURRENCY = 256;
  private static final int PROBLEMS = FULL ? 10_000 : 1_500;
  private static final int WARM_UP = FULL ? 3_000 : 300;
  private static final double BAR = FULL ? 0.95 : 0.6;

  @TempDir Path folder;

  @Test
  void shouldKeepTheTeacherBusyWhenItIsSlow() throws Exception {
    Path pack = Files.createDirectories(folder.resolve("pack/cot-prompts"));
    Files.writeString(
        pack.resolve(Surroundings.TASK + ".txt"),
        "Count.\n\nQ: up to 2\nA: Let's think step by step.\nOne, two. So the answer is 2.\n");
    try (SlowChats teacher = new SlowChats(call -> LATENCY);
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
      kafka.createTopics(PipelineTopics.dataPartitions(3));
      try (Worker worker = Worker.start(folder, environment(kafka, teacher))) {
        await().atMost(Duration.ofMinutes(1)).until(worker::ready);
        work(kafka, worker, 0, WARM_UP);
        teacher.restart();
        work(kafka, worker, WARM_UP, WARM_UP + PROBLEMS);
        double ideal = teacher.calls() * LATENCY.toMillis() / 1e3 / CONCURRENCY;
        double ratio = ideal / teacher.seconds();
        System.out.printf(
            "pace: %d problems, %d calls of %d ms, at most %d at once, in %.1f s; ideal %.1f s,"
                + " ratio %.3f, resident %d MiB%n",
            PROBLEMS,
            teacher.calls(),
            LATENCY.toMillis(),
            teacher.mostOut(),
            teacher.seconds(),
            ideal,
            ratio,
            worker.residentMiB());
        assertThat(teacher.mostOut()).isLessThanOrEqualTo(CONCURRENCY);
        assertThat(ratio).isGreaterThanOrEqualTo(BAR);
        await().until(() -> reader.read(Topics.DUAL_COTS).size() >= WARM_UP + PROBLEMS);
        assertThat(worker.stop()).isIn(0, 143);
        assertThat(reader.read(Topics.DUAL_COTS)).hasSize(WARM_UP + PROBLEMS);
      }
    }
  }

  private Map<String, String> environment(EmbeddedKafka kafka, SlowChats teacher) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("EDIT_GENERATOR_TEACHER_URL", teacher.url());
    environment.put("EDIT_GENERATOR_TEACHER_MODEL", "scripted");
    environment.put("EDIT_GENERATOR_INSTANCE", "pace");
    environment.put("EDIT_GENERATOR_CONCURRENCY", Integer.toString(CONCURRENCY));
    environment.put("EDIT_GENERATOR_CACHE", folder.resolve("cache").toString());
    environment.put("EDIT_GENERATOR_PROMPT_PACK", folder.resolve("pack").toString());
    return environment;
  }

  private static void work(EmbeddedKafka kafka, Worker worker, int from, int to) {
    publish(kafka, from, to);
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> worker.metric("edit_generator_duals_total") >= to);
  }

  /** Three in ten are wrong at first, so that pairs to show are soon at hand; two calls each. */
  private static void publish(EmbeddedKafka kafka, int from, int to) {
    List<Problem> problems =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    new Problem(
                        "p/" + i,
                        Surroundings.TASK,
                        "[" + (i % 10 < 3 ? "wrong" : "right") + "] " + (10_000 + i),
                        Integer.toString(10_000 + i),
                        Split.TRAIN,
                        Domain.IN,
                        "it",
                        null))
            .toList();
    Publisher.publish(kafka.bootstrapServers(), problems);
  }
}
