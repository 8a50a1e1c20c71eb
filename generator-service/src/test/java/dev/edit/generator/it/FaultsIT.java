package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.DeadLetter;
import dev.edit.generator.it.FaultyChats.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A teacher of which one call in five fails. {@code -Dedit.full=true} asks 2,000 problems of it.
 */
class FaultsIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final int PROBLEMS = FULL ? 2_000 : 200;
  private static final long SEED = 20261124;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Map<String, String> RETRY_AFTER =
      FULL ? Map.of("retry-after", "1") : Map.of("retry-after-ms", "50");

  @TempDir Path folder;

  @Test
  void shouldEndEveryProblemOnceWhenOneCallInFiveFails() throws Exception {
    FaultyChats faults = new FaultyChats(SEED, TIMEOUT.multipliedBy(4), RETRY_AFTER);
    try (SlowChats teacher = new SlowChats(faults);
        TestBed bed = new TestBed(folder, teacher.url())) {
      bed.set("EDIT_GENERATOR_TEACHER_TIMEOUT", TIMEOUT.toString());
      bed.set("EDIT_GENERATOR_TEACHER_RETRY_FIRST", "PT0.1S");
      bed.publish(PROBLEMS, FaultsIT::behaviour);
      try (Worker worker = bed.start("faults")) {
        await()
            .atMost(Duration.ofMinutes(8))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> bed.ended() >= PROBLEMS);
        TestBed.Ends ends = bed.ends(PROBLEMS);
        Map<String, Long> reasons =
            bed.dead().stream()
                .collect(
                    Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
        int calls = teacher.calls().size();
        System.out.printf(
            "faults (seed %d): %s; dead letters %s; %d calls, %.3f a problem; faults dealt %s%n",
            SEED, ends, reasons, calls, (double) calls / PROBLEMS, faults);
        assertThat(reasons).containsEntry("teacher-refused", (long) PROBLEMS / 50);
        assertThat(outcome(worker, "unavailable"))
            .as("each fault was seen as what it is")
            .isEqualTo(
                faults.dealt(Fault.RATE_LIMIT)
                    + faults.dealt(Fault.SERVER_ERROR)
                    + faults.dealt(Fault.RESET)
                    + faults.dealt(Fault.TIMEOUT));
        assertThat(worker.metric("edit_generator_teacher_rate_limited_total"))
            .isEqualTo(faults.dealt(Fault.RATE_LIMIT));
        assertThat(worker.get("/q/health/live")).startsWith("200");
      }
    }
  }

  /** One in fifty is refused whatever happens; three in ten are wrong at first. */
  private static String behaviour(int i) {
    return i % 50 == 49 ? "refused" : i % 10 < 3 ? "wrong" : "right";
  }

  private static double outcome(Worker worker, String name) {
    return worker.metric("edit_generator_teacher_calls_seconds_count{outcome=\"" + name + "\"}");
  }
}
