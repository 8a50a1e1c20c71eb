package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.codec.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged worker: its keys, its pace and memory, and what a kill costs. */
class WorkerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CONCURRENCY = 16;

  /** 3,000 is the quickstart's size. */
  private static final int PROBLEM_COUNT = Integer.getInteger("edit.it.problems", 600);

  @TempDir Path folder;
  private ChatServer teacher;
  private TestBed bed;

  @BeforeEach
  void start() throws IOException {
    teacher = new ChatServer(ScriptedChats::reply);
    bed = new TestBed(folder, teacher.url());
  }

  @AfterEach
  void stop() {
    bed.close();
    teacher.close();
  }

  @Test
  void shouldStopAndNameTheKeyWhenOneIsMissing() throws InterruptedException {
    Map<String, String> keys =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "kafka.bootstrap.servers",
            "EDIT_GENERATOR_TEACHER_URL", "edit.generator.teacher.url",
            "EDIT_GENERATOR_TEACHER_MODEL", "edit.generator.teacher.model");
    for (Map.Entry<String, String> key : keys.entrySet()) {
      Map<String, String> environment = bed.environment("it");
      environment.remove(key.getKey());
      try (Worker worker = Worker.start(folder, environment)) {
        assertThat(worker.exitCode()).isNotZero();
        assertThat(worker.output()).contains(key.getValue());
      }
    }
  }

  @Test
  void shouldEndEveryProblemAndStopWhenAskedTo() throws Exception {
    Map<String, String> environment = bed.environment("it");
    environment.remove("EDIT_GENERATOR_CACHE");
    try (Worker worker = Worker.start(folder, environment)) {
      await().atMost(PATIENCE).until(worker::ready);
      double startSeconds = worker.secondsSinceStart();
      long start = System.nanoTime();
      publish(PROBLEM_COUNT);
      await().atMost(PATIENCE).until(() -> bed.ended() >= PROBLEM_COUNT);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "generator: %d problems, %d calls in %.1f s (%.0f problems/s), ready after %.1f s,"
              + " resident %d MiB%n",
          PROBLEM_COUNT,
          teacher.calls(""),
          seconds,
          PROBLEM_COUNT / seconds,
          startSeconds,
          worker.residentMiB());
      assertThat(worker.get("/q/health")).startsWith("200");
      assertThat(worker.get("/q/metrics")).contains("edit_generator_cots_total");
      assertThat(worker.stop()).isIn(0, 143);
      assertOnceEach(PROBLEM_COUNT);
    }
  }

  @Test
  void shouldEndEveryProblemOnceAndBuyNothingTwiceWhenTheWorkerIsKilled() throws Exception {
    bed.set("EDIT_GENERATOR_CONCURRENCY", Integer.toString(CONCURRENCY));
    bed.set("KAFKA_SESSION_TIMEOUT_MS", "6000").set("KAFKA_HEARTBEAT_INTERVAL_MS", "1000");
    int problems = 600;
    int kills = 3;
    long seed = 20261123;
    Random random = new Random(seed);
    publish(problems);
    for (int kill = 0; kill < kills; kill++) {
      int until = teacher.calls("") + 100 + random.nextInt(200);
      try (Worker worker = bed.start("it")) {
        await().atMost(PATIENCE).until(() -> teacher.calls("") >= until);
        worker.kill();
      }
    }
    try (Worker worker = bed.start("it")) {
      await().atMost(PATIENCE).until(() -> bed.ended() >= problems);
      worker.stop();
    }
    assertOnceEach(problems);
    int extra = teacher.calls("") - 2 * problems;
    System.out.printf(
        "generator: %d problems, %d kills (seed %d), %d extra calls%n",
        problems, kills, seed, extra);
    assertThat(extra).as("extra calls").isLessThanOrEqualTo(kills * CONCURRENCY);
  }

  /**
   * The problems' offsets are forgotten, so that the worker reads and answers all of them again.
   */
  @Test
  void shouldGiveTheSameRecordsAndBuyNothingWhenTheWholeInputIsReadAgain() throws Exception {
    int problems = 60;
    publish(problems);
    try (Worker worker = bed.start("it")) {
      await().atMost(PATIENCE).until(() -> bed.duals().size() == problems);
      worker.stop();
    }
    Map<String, String> first = newest();
    int calls = teacher.calls("");
    bed.forgetOffsets("edit-generator-annotate");
    try (Worker worker = bed.start("it")) {
      await().atMost(PATIENCE).until(() -> bed.duals().size() == 2 * problems);
      worker.stop();
    }
    assertThat(newest()).hasSize(problems).isEqualTo(first);
    assertThat(teacher.calls("")).isEqualTo(calls);
  }

  /** What compaction leaves: the newest value of each key. */
  private Map<String, String> newest() {
    Map<String, String> newest = new HashMap<>();
    bed.duals().forEach(item -> newest.put(item.key(), Sha256.of(item.value())));
    return newest;
  }

  /** Three in ten are wrong at first; each problem takes two calls. */
  private void publish(int count) {
    bed.publish(count, i -> i % 10 < 3 ? "wrong" : "right");
  }

  private void assertOnceEach(int problems) {
    List<String> ids =
        bed.accepted().stream().filter(dual -> dual.dual().isPresent()).map(DualCot::key).toList();
    Set<String> distinct = new HashSet<>(ids);
    assertThat(distinct).as("accepted").hasSize(problems);
    assertThat(ids).as("no duplicates").hasSize(problems);
  }
}
