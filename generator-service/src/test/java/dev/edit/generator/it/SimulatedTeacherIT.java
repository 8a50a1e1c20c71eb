package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.MistakePattern;
import dev.edit.contracts.Problem;
import dev.edit.families.Families;
import dev.edit.families.ProblemSets;
import dev.edit.families.SetSizes;
import dev.edit.generator.domain.dual.PathSimilarity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart's generator: the bounds on duals cost it nothing, and mining names the very
 * mistakes that the SIMULATED teacher made. 3,000 problems, as many as a quickstart has, with
 * {@code -Dedit.full=true}. Skipped where that teacher is not built.
 */
class SimulatedTeacherIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PROBLEMS = Boolean.getBoolean("edit.full") ? 3_000 : 300;

  /** What the bound on similarity is set to; 0 shows what there is without it. */
  private static final String LEAST = System.getProperty("edit.path.least", "0.32");

  @TempDir Path folder;

  @Test
  void shouldPairEveryProblemAndNameEveryMistakeAsItWasMade() throws Exception {
    long seed = 1;
    List<Problem> problems = ProblemSets.generate(seed, new SetSizes(PROBLEMS, 0, 0, 0)).train();
    try (Worker teacher = SimulatedTeacher.start(folder, Map.of());
        TestBed bed = TestBed.simulated(folder, teacher)) {
      bed.set("EDIT_GENERATOR_PATIENCE", "PT10S");
      bed.set("EDIT_GENERATOR_PATH_LEAST", LEAST);
      bed.set("EDIT_GENERATOR_MISTAKES_ENABLED", "true");
      bed.publish(problems);
      try (Worker worker = bed.start("simulated")) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> worker.ended() >= problems.size());
        String metrics = worker.get("/q/metrics");
        assertThat(worker.stop()).isIn(0, 143);
        assertPairs(problems, bed, metrics);
      }
    }
  }

  private static void assertPairs(List<Problem> problems, TestBed bed, String metrics) {
    List<DualCot> duals = bed.accepted();
    assertThat(bed.dead()).isEmpty();
    assertThat(duals)
        .extracting(DualCot::key)
        .containsExactlyInAnyOrderElementsOf(problems.stream().map(Problem::id).toList());
    assertThat(duals).allSatisfy(dual -> assertThat(dual.dual()).isPresent());
    assertThat(duals)
        .allSatisfy(dual -> assertThat(dual.mistake()).as(dual.key()).isEqualTo(made(dual)));
    Map<MistakePattern, Long> patterns =
        duals.stream().collect(Collectors.groupingBy(DualCot::mistake, Collectors.counting()));
    System.out.printf(
        "simulated teacher, least similarity %s: %d problems = %d pairs + 0 right alone + 0 dead"
            + " letters, similarity from %.3f, mistakes %s%n",
        LEAST,
        problems.size(),
        duals.size(),
        duals.stream()
            .mapToDouble(dual -> PathSimilarity.of(dual.right().text(), dual.wrong().text()))
            .min()
            .orElseThrow(),
        named(patterns));
    patterns.forEach(
        (pattern, count) ->
            assertThat(metrics)
                .contains(
                    "edit_generator_mistakes_total{result=\"%s\"} %s"
                        .formatted(pattern, (double) count)));
  }

  private static Map<String, Long> named(Map<MistakePattern, Long> patterns) {
    Map<String, Long> named = new TreeMap<>();
    patterns.forEach((pattern, count) -> named.put(pattern.toString(), count));
    return named;
  }

  /** The mistake that the solver made when it wrote the wrong side. */
  private static MistakePattern made(DualCot dual) {
    return MistakePattern.parse(
        Families.parse(dual.problem().question())
            .orElseThrow()
            .diagnose(dual.wrong().text())
            .orElseThrow()
            .kind()
            .label());
  }
}
