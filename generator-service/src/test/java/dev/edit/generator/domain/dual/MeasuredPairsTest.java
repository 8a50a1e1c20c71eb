package dev.edit.generator.domain.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.families.Families;
import dev.edit.families.Family;
import dev.edit.families.Mistake;
import dev.edit.families.Puzzle;
import dev.edit.families.Solution;
import dev.edit.generator.it.SharedData;
import dev.edit.prompts.Exemplar;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The figures behind the default bounds, as docs/dual-cots.md has them; it prints them. */
class MeasuredPairsTest {
  private static final PathBounds DEFAULT = new PathBounds(0.32, 1);

  @Test
  void shouldKeepEveryPublishedPairAndFewStrangersWhenBoundsAreTheDefault() throws IOException {
    Optional<Path> pack = SharedData.find("bbh");
    assumeThat(pack).isPresent();
    Map<String, List<Exemplar>> pairs = pairs(pack.orElseThrow());
    double[] real = sorted(pairs.values().stream().flatMap(List::stream).map(this::similarity));
    double[] sameTask = sorted(strangers(pairs, true));
    double[] otherTask = sorted(strangers(pairs, false));
    print("published pairs", real);
    print("another question of the task", sameTask);
    print("a question of another task", otherTask);
    assertThat(real).hasSize(81);
    assertThat(kept(real)).isEqualTo(1);
    assertThat(kept(sameTask)).isBetween(0.6, 0.7);
    assertThat(kept(otherTask)).isLessThan(0.01);
  }

  @Test
  void shouldFindPublishedWrongAnswersValidButForAnOptionThatIsNotThere() throws IOException {
    Optional<Path> pack = SharedData.find("bbh");
    assumeThat(pack).isPresent();
    List<String> refused = new ArrayList<>();
    pairs(pack.orElseThrow())
        .forEach(
            (task, ofTask) -> {
              for (Exemplar pair : ofTask) {
                String gold = AnswerExtraction.extract(pair.right()).orElseThrow();
                String wrong = AnswerExtraction.extract(pair.wrong()).orElseThrow();
                AnswerSpace answers = AnswerSpace.of(pair.question(), gold);
                assertThat(answers.isGold(gold)).as("%s: %s", task, gold).isTrue();
                assertThat(answers.allows(gold)).as("%s: %s", task, gold).isTrue();
                assertThat(answers.isGold(wrong)).as("%s: %s", task, wrong).isFalse();
                if (!answers.allows(wrong)) {
                  refused.add(task + ": " + wrong + ", expected " + answers.expected());
                }
              }
            });
    assertThat(refused)
        .containsExactly(
            "geometric_shapes: (K), expected one of the options"
                + " (A), (B), (C), (D), (E), (F), (G), (H), (I), (J)");
  }

  @Test
  void shouldKeepEveryMistakenSolutionOfTheFamilies() {
    long seed = 1;
    Random random = new Random(seed);
    List<Double> together = new ArrayList<>();
    for (Family family : Families.ALL) {
      List<Double> similarities = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Puzzle puzzle =
            family.generate(random, 2 + random.nextInt(Math.min(5, family.hardest()) - 1));
        AnswerSpace answers = AnswerSpace.of(puzzle.question(), puzzle.answer());
        for (Mistake mistake : puzzle.mistakes()) {
          Solution wrong =
              puzzle.solveWithMistake(mistake.step(), mistake.kind(), random).orElseThrow();
          similarities.add(PathSimilarity.of(puzzle.solve().text(), wrong.text()));
          assertThat(answers.isGold(wrong.answer())).as("%s %s", puzzle, wrong).isFalse();
          assertThat(answers.allows(wrong.answer())).as("%s %s", puzzle, wrong).isTrue();
        }
      }
      double[] all = sorted(similarities.stream());
      print(family.name(), all);
      assertThat(kept(all)).as("%s, seed %d", family.name(), seed).isEqualTo(1);
      together.addAll(similarities);
    }
    print("all families", sorted(together.stream()));
  }

  private double similarity(Exemplar pair) {
    return PathSimilarity.of(pair.right(), pair.wrong());
  }

  /** Right texts against the wrong texts of other questions. */
  private static Stream<Double> strangers(Map<String, List<Exemplar>> pairs, boolean sameTask) {
    List<Double> similarities = new ArrayList<>();
    pairs.forEach(
        (task, ofTask) ->
            pairs.forEach(
                (other, ofOther) -> {
                  if (task.equals(other) == sameTask) {
                    for (Exemplar right : sameTask ? ofTask : ofTask.subList(0, 1)) {
                      for (Exemplar wrong : ofOther) {
                        if (!right.question().equals(wrong.question())) {
                          similarities.add(PathSimilarity.of(right.right(), wrong.wrong()));
                        }
                      }
                    }
                  }
                }));
    return similarities.stream();
  }

  private static Map<String, List<Exemplar>> pairs(Path pack) throws IOException {
    Map<String, List<Exemplar>> pairs = new TreeMap<>();
    PromptPack prompts = new PromptPack(PromptSource.folder(pack));
    try (Stream<Path> files = Files.list(pack.resolve("cot-ccp"))) {
      files
          .map(file -> file.getFileName().toString().replace(".txt", ""))
          .forEach(task -> pairs.put(task, prompts.task(task).orElseThrow().seeds()));
    }
    return pairs;
  }

  private static double[] sorted(Stream<Double> similarities) {
    return similarities.mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static double kept(double[] similarities) {
    return (double) Arrays.stream(similarities).filter(DEFAULT::hold).count() / similarities.length;
  }

  private static void print(String name, double[] sorted) {
    System.out.printf(
        "similarity, %s: n=%d min %.3f, 5 %% %.3f, 25 %% %.3f, median %.3f, 75 %% %.3f, 95 %% %.3f,"
            + " max %.3f, kept %.1f %%%n",
        name,
        sorted.length,
        sorted[0],
        quantile(sorted, 0.05),
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 0.95),
        sorted[sorted.length - 1],
        100 * kept(sorted));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
