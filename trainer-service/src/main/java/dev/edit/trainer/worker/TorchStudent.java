package dev.edit.trainer.worker;

import dev.edit.contracts.KeySteps;
import dev.edit.contracts.recipe.KrslSpec;
import dev.edit.contracts.recipe.OptimizerSpec;
import dev.edit.student.OptimizerSettings;
import dev.edit.student.StepResult;
import dev.edit.student.Student;
import dev.edit.student.TokenBatch;
import dev.edit.student.TrainingSession;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.KeyedPair;
import dev.edit.student.objective.KrslSettings;
import dev.edit.student.objective.Objectives;
import dev.edit.trainer.domain.Objective;
import dev.edit.trainer.domain.StepFigures;
import dev.edit.trainer.domain.TrainableStudent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A student in libtorch's memory, trained on records of the log. */
final class TorchStudent implements TrainableStudent {
  private final Student student;

  TorchStudent(Student student) {
    this.student = student;
  }

  @Override
  public Stage open(Objective objective, OptimizerSpec optimizer) {
    TrainingSession session = new TrainingSession(student, settings(optimizer));
    if (objective instanceof Objective.Krsl krsl) {
      KrslSpec spec = krsl.weights();
      KrslSettings weights =
          new KrslSettings(spec.alpha(), spec.beta(), spec.gamma(), spec.nllCeiling());
      return (batch, rate) -> krslFigures(session.step(krsl(batch, weights), rate), spec);
    }
    return (batch, rate) -> {
      StepResult result = session.step(sft(batch), rate);
      return new StepFigures(result.loss(), result.gradientNorm(), result.tokens(), null, null);
    };
  }

  @Override
  public void save(Path folder) throws IOException {
    student.save(folder);
  }

  @Override
  public void close() {
    student.close();
  }

  private static StepFigures krslFigures(StepResult result, KrslSpec spec) {
    // With gamma above 0 the positively weighted tokens are not the key ones alone.
    boolean positiveAreKeys = spec.gamma() == 0 && result.positiveTokens() > 0;
    return new StepFigures(
        result.loss(),
        result.gradientNorm(),
        result.tokens(),
        positiveAreKeys ? (Double) result.positiveNll() : null,
        result.negativeTokens() > 0 ? (Double) result.negativeNll() : null);
  }

  private static TokenBatch sft(List<KeySteps> batch) {
    return Objectives.sft(
        batch.stream()
            .map(record -> new Example(record.promptIds(), record.right().ids()))
            .toList());
  }

  private static TokenBatch krsl(List<KeySteps> batch, KrslSettings weights) {
    return Objectives.krsl(batch.stream().map(TorchStudent::pair).toList(), weights);
  }

  private static KeyedPair pair(KeySteps record) {
    return new KeyedPair(
        new Example(record.promptIds(), record.right().ids()),
        marks(record.right()),
        new Example(record.promptIds(), record.wrong().ids()),
        marks(record.wrong()));
  }

  private static boolean[] marks(KeySteps.Side side) {
    boolean[] marks = new boolean[side.ids().length];
    for (int[] span : side.keyTokens()) {
      Arrays.fill(marks, span[0], span[1], true);
    }
    return marks;
  }

  private static OptimizerSettings settings(OptimizerSpec spec) {
    return new OptimizerSettings(
        spec.beta1(),
        spec.beta2(),
        spec.epsilon(),
        spec.weightDecay(),
        spec.clipNorm() == 0 ? Double.POSITIVE_INFINITY : spec.clipNorm());
  }
}
