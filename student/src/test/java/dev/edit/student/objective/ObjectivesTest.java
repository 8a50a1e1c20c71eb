package dev.edit.student.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.OptimizerSettings;
import dev.edit.student.Scorer;
import dev.edit.student.StepResult;
import dev.edit.student.Student;
import dev.edit.student.StudentConfig;
import dev.edit.student.TokenBatch;
import dev.edit.student.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectivesTest {
  private static final StudentConfig CONFIG = StudentConfig.of(30, 16, 24, 2, 2, 64, 1);

  @Test
  void shouldWeighResponseTokensOfTheBatchEqually() {
    TokenBatch batch =
        Objectives.sft(
            List.of(
                new Example(new int[] {5, 6}, new int[] {7, 8, 1}),
                new Example(new int[] {9}, new int[] {1})));
    assertThat(batch.tokens()).containsExactly(new int[] {5, 6, 7, 8, 1}, new int[] {9, 1});
    assertThat(batch.weights())
        .containsExactly(new double[] {0, 0, 0.25, 0.25, 0.25}, new double[] {0, 0.25});
  }

  @Test
  void shouldWeighKeyTokensByPairAndByResponseLength() {
    KeyedPair pair =
        new KeyedPair(
            new Example(new int[] {5, 6}, new int[] {7, 8, 9, 1}),
            new boolean[] {false, true, true, false},
            new Example(new int[] {5, 6}, new int[] {7, 1}),
            new boolean[] {true, false});
    TokenBatch batch = Objectives.krsl(List.of(pair, pair), new KrslSettings(2, 0.1, 0.5, 9));
    assertThat(batch.weights().get(0)).containsExactly(0, 0, 0.0625, 0.25, 0.25, 0.0625);
    assertThat(batch.weights().get(1))
        .containsExactly(new double[] {0, 0, -0.025, 0}, within(1e-15));
    assertThat(batch.tokens()).hasSize(4);
    assertThat(batch.nllCeiling()).isEqualTo(9);
  }

  @Test
  void shouldDivideByKeyTokensWhenTheSettingsSaySo() {
    KeyedPair pair =
        new KeyedPair(
            new Example(new int[] {5, 6}, new int[] {7, 8, 9, 1}),
            new boolean[] {false, true, true, false},
            new Example(new int[] {5, 6}, new int[] {7, 1}),
            new boolean[] {true, false});
    KrslSettings settings = new KrslSettings(2, 0.1, 0.5, 9, Normalisation.of("per-key-token"));
    TokenBatch batch = Objectives.krsl(List.of(pair), settings);
    assertThat(batch.weights().get(0)).containsExactly(0, 0, 0.25, 1, 1, 0.25);
    assertThat(batch.weights().get(1)).containsExactly(0, 0, -0.1, 0);
    assertThat(KrslSettings.PAPER.normalisation()).isEqualTo(Normalisation.of("reference"));
    assertThatThrownBy(() -> Normalisation.of("none"))
        .hasMessage("krsl: normalisation is 'none', expected one of reference, per-key-token");
  }

  /** The formulas of method section 4, written out over the scorer's log-probabilities. */
  @Test
  void shouldTrainOnTheLossOfTheFormulas() {
    Random random = new Random(3);
    List<KeyedPair> pairs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pairs.add(pair(random));
    }
    KrslSettings settings = new KrslSettings(1.0, 0.025, 0.3, 4.0);
    List<Example> examples = pairs.stream().map(KeyedPair::right).toList();
    try (Student student = Student.create(CONFIG, 3)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      double krsl = 0;
      double sft = 0;
      int responseTokens = 0;
      for (KeyedPair pair : pairs) {
        double[] right = responseNll(student, pair.right());
        double[] wrong = responseNll(student, pair.wrong());
        for (int t = 0; t < right.length; t++) {
          krsl += (pair.rightKey()[t] ? 1.0 : 0.3) * right[t] / right.length / pairs.size();
          sft += right[t];
        }
        for (int t = 0; t < wrong.length; t++) {
          if (pair.wrongKey()[t] && wrong[t] <= 4.0) {
            krsl -= 0.025 * wrong[t] / wrong.length / pairs.size();
          }
        }
        responseTokens += right.length;
      }
      StepResult step = session.step(Objectives.krsl(pairs, settings), 0);
      assertThat(step.loss()).isEqualTo(krsl, within(1e-5));
      assertThat(session.step(Objectives.sft(examples), 0).loss())
          .isEqualTo(sft / responseTokens, within(1e-5));
    }
  }

  private static KeyedPair pair(Random random) {
    int[] prompt = tokens(random, 1 + random.nextInt(6));
    Example right = new Example(prompt, tokens(random, 1 + random.nextInt(12)));
    Example wrong = new Example(prompt, tokens(random, 1 + random.nextInt(12)));
    return new KeyedPair(right, marks(random, right), wrong, marks(random, wrong));
  }

  private static int[] tokens(Random random, int length) {
    return random.ints(length, 0, CONFIG.vocabSize()).toArray();
  }

  private static boolean[] marks(Random random, Example side) {
    boolean[] marks = new boolean[side.response().length];
    for (int t = 0; t < marks.length; t++) {
      marks[t] = random.nextBoolean();
    }
    return marks;
  }

  private static double[] responseNll(Student student, Example example) {
    double[] all = Scorer.logProbabilities(student, List.of(example.tokens()))[0];
    double[] nll = new double[example.response().length];
    for (int t = 0; t < nll.length; t++) {
      nll[t] = -all[example.prompt().length + t];
    }
    return nll;
  }

  @Test
  void shouldNameTheFieldWhenInputIsMalformed() {
    Example side = new Example(new int[] {1}, new int[] {2, 3});
    assertThatThrownBy(() -> new Example(new int[0], new int[] {1}))
        .hasMessage("prompt has no tokens, expected at least one");
    assertThatThrownBy(() -> new KeyedPair(side, new boolean[2], side, new boolean[3]))
        .hasMessage("wrongKey has 3 marks, expected one per response token: 2");
    assertThatThrownBy(() -> new KrslSettings(1, -1, 0, 20))
        .hasMessage("krsl: beta is -1.0, expected a finite number of 0 or more");
    KeyedPair unmarked = new KeyedPair(side, new boolean[2], side, new boolean[2]);
    assertThatThrownBy(() -> Objectives.krsl(List.of(unmarked), KrslSettings.PAPER))
        .hasMessage("batch has no token with a weight other than 0");
  }
}
