package dev.edit.student.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.OptimizerSettings;
import dev.edit.student.PreferenceBatch;
import dev.edit.student.StepResult;
import dev.edit.student.Student;
import dev.edit.student.StudentConfig;
import dev.edit.student.TokenBatch;
import dev.edit.student.TrainingSession;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreferenceTest {
  private static final StudentConfig CONFIG = StudentConfig.of(30, 16, 24, 2, 2, 64, 1);

  @Test
  void shouldHaveTheLossOfTheFormula() {
    Random random = new Random(1);
    List<Example> right = examples(random, 5);
    List<Example> wrong = examples(random, 5);
    try (Student student = Student.create(CONFIG, 1)) {
      double[] rightScores = ReferenceScores.of(student, right);
      double[] wrongScores = ReferenceScores.of(student, wrong);
      List<PreferencePair> pairs = new ArrayList<>();
      double expected = 0;
      for (int i = 0; i < 5; i++) {
        double rightReference = rightScores[i] - random.nextGaussian();
        double wrongReference = wrongScores[i] - random.nextGaussian();
        pairs.add(new PreferencePair(right.get(i), wrong.get(i), rightReference, wrongReference));
        double gain = rightScores[i] - rightReference - wrongScores[i] + wrongReference;
        expected += -Math.log(1 / (1 + Math.exp(-0.7 * gain))) / 5;
      }
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      StepResult result = session.step(Objectives.dpo(pairs, 0.7), 0);
      assertThat(result.loss()).isEqualTo(expected, within(1e-5));
      assertThat(result.positiveTokens())
          .isEqualTo(right.stream().mapToLong(example -> example.response().length).sum());
      assertThat(result.negativeTokens())
          .isEqualTo(wrong.stream().mapToLong(example -> example.response().length).sum());
    }
  }

  @Test
  void shouldBeginAtLogTwoAndPreferTheRightResponseAfterSteps() {
    Random random = new Random(2);
    List<Example> right = examples(random, 6);
    List<Example> wrong = examples(random, 6);
    try (Student student = Student.create(CONFIG, 2)) {
      student.attach(LoraAdapter.create(CONFIG, LoraSettings.PAPER, 2));
      PreferenceBatch batch = Objectives.dpo(pairs(student, right, wrong), 0.1);
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT, 2);
      assertThat(session.step(batch, 1e-2).loss()).isEqualTo(Math.log(2), within(1e-5));
      for (int step = 0; step < 30; step++) {
        session.step(batch, 1e-2);
      }
      double[] before = ReferenceScores.withoutAdapter(student, right);
      double[] wrongBefore = ReferenceScores.withoutAdapter(student, wrong);
      double[] after = ReferenceScores.of(student, right);
      double[] wrongAfter = ReferenceScores.of(student, wrong);
      for (int i = 0; i < before.length; i++) {
        assertThat(after[i] - wrongAfter[i]).isGreaterThan(before[i] - wrongBefore[i] + 1);
      }
    }
  }

  @Test
  void shouldGiveTheSameUpdateWhenPairsAreAccumulated() {
    Random random = new Random(3);
    try (Student student = Student.create(CONFIG, 3)) {
      List<PreferencePair> pairs = pairs(student, examples(random, 5), examples(random, 5));
      PreferenceBatch batch = Objectives.dpo(pairs, 0.3);
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      StepResult whole = session.step(batch, 0);
      assertThat(batch.split(4)).hasSize(3);
      batch.split(4).forEach(session::accumulate);
      StepResult parts = session.apply(0);
      assertThat(parts.loss()).isEqualTo(whole.loss(), within(1e-6));
      assertThat(parts.gradientNorm()).isEqualTo(whole.gradientNorm(), within(1e-5));
    }
  }

  @Test
  void shouldNameTheFieldWhenPreferencesAreMalformed() {
    Example side = new Example(new int[] {1}, new int[] {2, 3});
    assertThatThrownBy(() -> new PreferencePair(side, side, Double.NaN, 0))
        .hasMessage("rightReference is NaN, expected a finite number");
    List<PreferencePair> pairs = List.of(new PreferencePair(side, side, -1, -2));
    assertThatThrownBy(() -> Objectives.dpo(pairs, 0))
        .hasMessage("preferences: beta is 0.0, expected a positive number");
  }

  @Test
  void shouldAddTheLossesOfTasksByTheirWeights() {
    Random random = new Random(4);
    List<Example> answers = examples(random, 3);
    List<Example> rationales = examples(random, 2);
    TokenBatch both =
        Objectives.multiTask(
            List.of(new WeightedTask(0.3, answers), new WeightedTask(0.7, rationales)));
    try (Student student = Student.create(CONFIG, 4)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      double first = session.step(Objectives.sft(answers), 0).loss();
      double second = session.step(Objectives.sft(rationales), 0).loss();
      assertThat(session.step(both, 0).loss()).isEqualTo(0.3 * first + 0.7 * second, within(1e-6));
    }
  }

  private static List<PreferencePair> pairs(
      Student student, List<Example> right, List<Example> wrong) {
    double[] rightScores = ReferenceScores.of(student, right);
    double[] wrongScores = ReferenceScores.of(student, wrong);
    List<PreferencePair> pairs = new ArrayList<>();
    for (int i = 0; i < right.size(); i++) {
      pairs.add(new PreferencePair(right.get(i), wrong.get(i), rightScores[i], wrongScores[i]));
    }
    return pairs;
  }

  private static List<Example> examples(Random random, int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(
          new Example(
              random.ints(1 + random.nextInt(4), 2, 30).toArray(),
              random.ints(1 + random.nextInt(12), 2, 30).toArray()));
    }
    return examples;
  }
}
