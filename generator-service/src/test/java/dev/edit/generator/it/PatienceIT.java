package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Waiting: for a slow teacher, for the end, for money, for the broker. {@code -Dedit.full=true}
 * runs all of it.
 */
class PatienceIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final Duration LONGEST = Duration.ofMinutes(8);
  private static final Duration AWAY = Duration.ofSeconds(60);

  @TempDir Path folder;

  /**
   * A reply takes longer than a consumer may stay away from its group, five minutes in full. Then a
   * SIGTERM comes while a call is out: it comes back, is published, and nothing is asked again.
   */
  @Test
  void shouldLoseNothingWhenAReplyTakesMinutesAndWhenItIsToldToStop() throws Exception {
    Duration latency = FULL ? Duration.ofMinutes(5).plusSeconds(5) : Duration.ofSeconds(8);
    try (SlowChats teacher =
            new SlowChats(
                (prompt, arrival) ->
                    SlowChats.scripted(isSlow(prompt) ? latency : Duration.ofSeconds(2))
                        .act(prompt, arrival));
        TestBed bed = new TestBed(folder, teacher.url())) {
      if (!FULL) {
        bed.set("KAFKA_MAX_POLL_INTERVAL_MS", "6000").set("KAFKA_SESSION_TIMEOUT_MS", "6000");
      }
      bed.publish(3, i -> i == 0 ? "slow" : "wrong");
      try (Worker worker = bed.start("patient")) {
        await().atMost(LONGEST).until(worker::ready);
        await()
            .atMost(LONGEST)
            .until(
                () -> {
                  assertThat(worker.get("/q/health")).startsWith("200");
                  return teacher.calls().size() == 6 && teacher.out() == 1;
                });
        assertThat(worker.output()).doesNotContain("partitions left");
        assertThat(bed.ended()).as("the slow one is at its second call").isEqualTo(2);
        long asked = System.nanoTime();
        assertThat(worker.stop()).isIn(0, 143);
        System.out.printf(
            "patience: a reply after %s; stopped in %.1f s with a call of 2 s out; %s%n",
            latency, (System.nanoTime() - asked) / 1e9, bed.ends(3));
        assertThat(teacher.calls()).as("each asked once").hasSize(6);
      }
    }
  }

  private static boolean isSlow(String prompt) {
    return prompt.contains("[slow]") && !prompt.contains("H: The correct answer is 1");
  }

  @Test
  @EnabledIfSystemProperty(named = "edit.full", matches = "true")
  void shouldStopInTimeAndAskAgainLaterWhenACallDoesNotComeBack() throws Exception {
    try (SlowChats teacher =
            new SlowChats(
                (prompt, arrival) ->
                    SlowChats.scripted(Duration.ofSeconds(arrival == 1 ? 60 : 0))
                        .act(prompt, arrival));
        TestBed bed = new TestBed(folder, teacher.url())) {
      bed.set("EDIT_GENERATOR_GRACE", "PT1S").set("EDIT_GENERATOR_PATIENCE", "PT0S");
      bed.publish(1, i -> "mute");
      try (Worker worker = bed.start("hasty")) {
        await().atMost(LONGEST).until(() -> teacher.out() == 1);
        long asked = System.nanoTime();
        assertThat(worker.stop()).isIn(0, 143);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
      }
      assertThat(bed.ended()).isZero();
      try (Worker worker = bed.start("hasty")) {
        await().atMost(LONGEST).until(() -> bed.ended() == 1);
        assertThat(worker.get("/q/health/ready")).startsWith("200");
      }
      bed.ends(1);
    }
  }

  /** Two calls a problem of 120 tokens each; the budget is enough for half of them. */
  @Test
  void shouldWaitWhenTheBudgetIsUsedUpAndGoOnWhenItIsRaised() throws Exception {
    int problems = 40;
    int enough = problems * 2 * 120;
    try (SlowChats teacher = new SlowChats(SlowChats.scripted(Duration.ofMillis(20)));
        TestBed bed = new TestBed(folder, teacher.url())) {
      bed.set("EDIT_GENERATOR_TEACHER_MAX_TOKENS", "20");
      bed.set("EDIT_GENERATOR_CONCURRENCY", "4");
      bed.set("EDIT_GENERATOR_BUDGET_TOKENS", Integer.toString(enough / 2));
      bed.publish(problems, i -> i < 3 ? "wrong" : "right");
      int bought;
      try (Worker worker = bed.start("saver")) {
        await()
            .atMost(LONGEST)
            .until(() -> worker.get("/q/health/ready").contains("exhausted") && teacher.out() == 0);
        bought = teacher.calls().size();
        assertThat(worker.get("/q/health/ready")).startsWith("200");
        assertThat(worker.metric("edit_generator_budget_left")).isBetween(-240.0, 240.0);
        assertThat(worker.metric("edit_generator_teacher_waiting")).isPositive();
        assertThat(worker.stop()).isIn(0, 143);
      }
      assertThat(bought).as("calls").isBetween(problems - 4, problems + 4);
      assertThat(bed.dead()).isEmpty();
      try (Worker worker = bed.start("saver")) {
        await().atMost(LONGEST).until(() -> worker.get("/q/health/ready").contains("exhausted"));
        assertThat(teacher.calls()).as("it remembers what was spent").hasSize(bought);
        assertThat(worker.stop()).isIn(0, 143);
      }
      bed.set("EDIT_GENERATOR_BUDGET_TOKENS", Integer.toString(enough * 2));
      try (Worker worker = bed.start("saver")) {
        await().atMost(LONGEST).until(() -> bed.ended() >= problems);
        assertThat(worker.metric("edit_generator_budget_left")).isPositive();
      }
      System.out.printf(
          "patience: budget, %s, %d calls before it was raised, %d in all%n",
          bed.ends(problems), bought, teacher.calls().size());
      assertThat(teacher.calls()).as("nothing was bought twice").hasSize(problems * 2);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "edit.full", matches = "true")
  void shouldBeUnreadyButAliveWhileTheBrokerIsAwayForAMinute() throws Exception {
    try (SlowChats teacher = new SlowChats(SlowChats.scripted(Duration.ofMillis(200)));
        TestBed bed = new TestBed(folder, teacher.url())) {
      bed.set("EDIT_GENERATOR_CONCURRENCY", "8").set("EDIT_GENERATOR_PATIENCE", "PT0S");
      int problems = 100;
      bed.publish(problems, i -> "mute");
      try (Worker worker = bed.start("lonely")) {
        await().atMost(LONGEST).until(() -> bed.ended() > 5);
        assertThat(worker.ready()).isTrue();
        bed.withoutBroker(
            () ->
                await()
                    .atMost(LONGEST)
                    .during(AWAY)
                    .until(
                        () -> {
                          assertThat(worker.get("/q/health/live")).startsWith("200");
                          return !worker.ready();
                        }));
        await().atMost(LONGEST).until(() -> bed.ended() >= problems);
        await().atMost(LONGEST).until(worker::ready);
        System.out.printf("patience: broker away, %s%n", bed.ends(problems));
      }
    }
  }
}
