package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Problem;
import dev.edit.families.ProblemSets;
import dev.edit.families.SetSizes;
import dev.edit.generator.domain.stage.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The SIMULATED teacher fails one call in five: a 429 with Retry-After, a 500, a connection that is
 * cut, a reply that never comes, and garbage of three kinds. {@code -Dedit.full=true} asks 2,000
 * problems of it. Skipped where that teacher is not built.
 */
class FaultsIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final int PROBLEMS = FULL ? 2_000 : 200;
  private static final long SEED = Long.getLong("edit.seed", 20261124);

  /**
   * Four kinds that pass, and three that last; the latter are met by calls that the former spare.
   */
  private static final List<String> PASSING =
      List.of("rate_limited", "server_error", "reset", "no_reply");

  private static final List<String> LASTING = List.of("truncated", "garbage", "malformed");
  private static final double SHARE = 0.2;

  private static final String KEY = "sk-canary-7f3a";

  @TempDir Path folder;

  @Test
  void shouldEndEveryProblemOnceWhenOneCallInFiveFails() throws Exception {
    List<Problem> problems = ProblemSets.generate(SEED, new SetSizes(PROBLEMS, 0, 0, 0)).train();
    try (Worker teacher = SimulatedTeacher.start(folder, rates());
        TestBed bed = TestBed.simulated(folder, teacher)) {
      // Calls that were slow would count as faults that the teacher did not deal out.
      bed.set("EDIT_GENERATOR_TEACHER_TIMEOUT", "PT5S");
      bed.set("EDIT_GENERATOR_TEACHER_RETRY_FIRST", "PT0.1S");
      bed.set("EDIT_GENERATOR_TEACHER_API_KEY", KEY);
      bed.set("QUARKUS_LOG_LEVEL", FULL ? "INFO" : "TRACE");
      bed.set("EDIT_GENERATOR_PATIENCE", "PT2S");
      bed.publish(problems);
      try (Worker worker = bed.start("faults")) {
        await()
            .atMost(Duration.ofMinutes(8))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> worker.ended() >= PROBLEMS);
        report(bed, teacher);
        assertThat(bed.dead())
            .as("each dead letter explains itself")
            .allSatisfy(
                letter -> {
                  assertThat(letter.reason()).isIn(codes());
                  assertThat(letter.message()).isNotBlank();
                });
        assertSeenAsPlanned(teacher, worker);
        assertThat(worker.get("/q/health/live")).startsWith("200");
        assertKeyIsNowhere(bed, worker);
      }
    }
  }

  private static Map<String, String> rates() {
    Map<String, String> rates = new HashMap<>();
    double passing = SHARE / 5;
    for (String key : List.of("RATE_LIMIT", "SERVER_ERROR", "RESET", "NO_REPLY")) {
      rates.put("EDIT_SIMULATED_TEACHER_FAULTS_" + key, Double.toString(passing));
    }
    double lasting = passing / (1 - PASSING.size() * passing) / LASTING.size();
    for (String key : List.of("TRUNCATION", "GARBAGE", "MALFORMED")) {
      rates.put("EDIT_SIMULATED_TEACHER_FAULTS_" + key, Double.toString(lasting));
    }
    rates.put("EDIT_SIMULATED_TEACHER_FAULTS_RETRY_AFTER", FULL ? "1s" : "50ms");
    rates.put("EDIT_SIMULATED_TEACHER_SEED", Long.toString(SEED));
    return rates;
  }

  private static void report(TestBed bed, Worker teacher) {
    Map<String, Long> reasons =
        bed.dead().stream()
            .collect(
                Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
    long alone = bed.accepted().stream().filter(dual -> dual.dual().isEmpty()).count();
    Map<String, Integer> dealt = new TreeMap<>();
    PASSING.forEach(fault -> dealt.put(fault, (int) dealt(teacher, fault)));
    LASTING.forEach(fault -> dealt.put(fault, (int) dealt(teacher, fault)));
    int faults = dealt.values().stream().mapToInt(n -> n).sum();
    double calls = calls(teacher);
    System.out.printf(
        "faults (seed %d): %s, %d of the accepted right alone; dead letters %s; %d faults %s in"
            + " %.0f calls, %.3f a problem%n",
        SEED, bed.ends(PROBLEMS), alone, reasons, faults, dealt, calls, calls / PROBLEMS);
    assertThat(faults / calls).isCloseTo(SHARE, within(0.05));
  }

  /** What the teacher dealt out is what the generator counted: no more, no less, no other. */
  private static void assertSeenAsPlanned(Worker teacher, Worker worker) {
    assertThat(outcome(worker, "unavailable"))
        .isEqualTo(PASSING.stream().mapToDouble(fault -> dealt(teacher, fault)).sum());
    assertThat(worker.metric("edit_generator_teacher_rate_limited_total"))
        .isEqualTo(dealt(teacher, "rate_limited"));
    assertThat(outcome(worker, "truncated")).isEqualTo(dealt(teacher, "truncated"));
    assertThat(outcome(worker, "malformed")).isEqualTo(dealt(teacher, "malformed"));
    assertThat(worker.metric("edit_generator_teacher_calls_seconds_count"))
        .isEqualTo(calls(teacher));
  }

  /** At TRACE, under every fault: not in logs, metrics, results or dead letters. */
  private static void assertKeyIsNowhere(TestBed bed, Worker worker) {
    String log = worker.output();
    assertThat(log.contains(" TRACE ")).as("it was told to say everything").isEqualTo(!FULL);
    assertThat(log.contains(KEY)).as("key in the log").isFalse();
    assertThat(worker.get("/q/metrics")).doesNotContain(KEY);
    assertThat(bed.accepted().toString()).doesNotContain(KEY);
    assertThat(bed.dead().toString()).doesNotContain(KEY);
  }

  private static double calls(Worker teacher) {
    return teacher.metric("edit_simulated_teacher_requests_total");
  }

  private static double dealt(Worker teacher, String fault) {
    return teacher.metric("edit_simulated_teacher_faults_total{fault=\"" + fault + "\"}");
  }

  private static double outcome(Worker worker, String name) {
    return worker.metric("edit_generator_teacher_calls_seconds_count{outcome=\"" + name + "\"}");
  }

  private static List<String> codes() {
    return Arrays.stream(Reason.values()).map(Reason::code).toList();
  }
}
