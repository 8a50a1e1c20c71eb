package dev.edit.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.KeySteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyStepExaminationTest {
  private static final String TOKENIZER = "sha256:t";
  private static final int[][] NONE = {};

  /** Finds token t at place p likely by -t/10 - p/100; reads four tokens. */
  private static final class Ruled implements TokenScorer {
    private final List<int[]> asked = new ArrayList<>();

    @Override
    public double[][] logProbabilities(List<int[]> rows) {
      asked.addAll(rows);
      double[][] scores = new double[rows.size()][];
      for (int row = 0; row < scores.length; row++) {
        scores[row] = new double[rows.get(row).length];
        scores[row][0] = Double.NaN;
        for (int place = 1; place < scores[row].length; place++) {
          scores[row][place] = -rows.get(row)[place] / 10.0 - place / 100.0;
        }
      }
      return scores;
    }

    @Override
    public int longest() {
      return 4;
    }
  }

  @Test
  void shouldAverageTheKeyTokensOfEachSideInTheirPlaces() {
    // Rows [7 1 2 3] and [7 5 6 3]: right keys 1 at 1 and 3 at 3, wrong key 6 at 2.
    KeySteps pair =
        Duals.pair(
            "a",
            TOKENIZER,
            new int[] {1, 2, 3},
            new int[][] {{0, 1}, {2, 3}},
            new int[] {5, 6, 3},
            new int[][] {{1, 2}});
    Ruled scorer = new Ruled();

    KeyStepExamination examination = KeyStepExamination.hold(List.of(pair), scorer);

    assertThat(scorer.asked).containsExactly(new int[] {7, 1, 2, 3}, new int[] {7, 5, 6, 3});
    assertThat(examination.pairs().get(0).right()).isCloseTo(-0.22, within(1e-12));
    assertThat(examination.pairs().get(0).wrong()).isCloseTo(-0.62, within(1e-12));
  }

  @Test
  void shouldSayWhatThePairsComeTo() {
    int[][] first = {{0, 1}};
    List<KeySteps> duals =
        List.of(
            Duals.pair("a", TOKENIZER, new int[] {1}, first, new int[] {5}, first),
            Duals.pair("b", TOKENIZER, new int[] {5}, first, new int[] {3}, first),
            Duals.pair("c", TOKENIZER, new int[] {2}, first, new int[] {2}, first),
            Duals.pair("d", TOKENIZER, new int[] {1}, NONE, new int[] {5}, first),
            Duals.pair("e", TOKENIZER, new int[4], first, new int[] {5}, first));
    var checkpoint = Samples.checkpoint("edit-7", true, "uri", "sha", TOKENIZER);

    Evaluation evaluation =
        KeyStepExamination.hold(duals, new Ruled())
            .evaluation(checkpoint, 0.05, Map.of("mostDuals", "9"))
            .orElseThrow();

    assertThat(evaluation.key()).isEqualTo("edit-7/held-out-duals");
    assertThat(evaluation.graded()).isFalse();
    // Equally likely sides are no preference.
    assertThat(evaluation.outcomes()).isEqualTo("100");
    assertThat(evaluation.overall()).isEqualTo(Evaluation.Score.of(1, 3, 0));
    assertThat(evaluation.config())
        .containsEntry("heldOutDuals", "0.05")
        .containsEntry("withoutKeys", "1")
        .containsEntry("tooLong", "1")
        .containsEntry("mostDuals", "9");
    // Margins 0.4, -0.2, 0.
    assertThat(evaluation.keySteps().margin().mean()).isCloseTo(0.2 / 3, within(1e-12));
    double deviation = Math.sqrt((0.16 + 0.04 - 0.04 / 3) / 2);
    assertThat(evaluation.keySteps().margin().stderr())
        .isCloseTo(deviation / Math.sqrt(3), within(1e-12));
    assertThat(evaluation.keySteps().right().mean()).isCloseTo(-0.8 / 3 - 0.01, within(1e-12));
  }

  @Test
  void shouldSayNothingWhenNoPairIsLeft() {
    var checkpoint = Samples.checkpoint("edit-7", true, "uri", "sha", TOKENIZER);

    assertThat(
            KeyStepExamination.hold(List.of(), new Ruled()).evaluation(checkpoint, 0.5, Map.of()))
        .isEmpty();
  }
}
