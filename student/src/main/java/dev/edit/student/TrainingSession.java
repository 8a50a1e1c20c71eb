package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.edit.student.files.TensorData;
import dev.edit.student.torch.DecoderScript;
import dev.edit.student.torch.DecoderScript.Method;
import dev.edit.student.torch.DecoderScript.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains a student in place with AdamW. A step is one native call: forward, loss, backward,
 * clipping, update. The same student, batches and settings give the same bits.
 *
 * <p>Either {@link #step} a whole batch, or {@link #accumulate} its parts and {@link #apply} once:
 * the parts' losses and gradients are summed. The optimizer's state lives as long as the student.
 * Not safe for use by several threads at a time.
 */
public final class TrainingSession {
  private final Student student;
  private final OptimizerSettings settings;
  private final List<NDArray> firstMoments;
  private final List<NDArray> secondMoments;
  private List<NDArray> gradients = List.of();
  private Sums pending = Sums.NONE;
  private long steps;

  /** What a batch or several accumulated ones added up to. */
  private record Sums(
      long batches,
      double loss,
      long tokens,
      double positive,
      double positiveNll,
      double negative,
      double negativeNll) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0);

    static Sums of(TokenBatch batch, double[] stats) {
      return new Sums(1, stats[0], batch.tokenCount(), stats[1], stats[2], stats[3], stats[4]);
    }

    Sums plus(Sums other) {
      return new Sums(
          batches + other.batches,
          loss + other.loss,
          tokens + other.tokens,
          positive + other.positive,
          positiveNll + other.positiveNll,
          negative + other.negative,
          negativeNll + other.negativeNll);
    }

    StepResult withNorm(double norm) {
      return new StepResult(
          loss,
          norm,
          tokens,
          (long) positive,
          positive == 0 ? Double.NaN : positiveNll / positive,
          (long) negative,
          negative == 0 ? Double.NaN : negativeNll / negative);
    }
  }

  /** A session with fresh optimizer state. */
  public TrainingSession(Student student, OptimizerSettings settings) {
    this.student = student;
    this.settings = settings;
    DecoderScript script = student.script();
    firstMoments = script.zeros(Role.FIRST_MOMENTS, student.shapes());
    secondMoments = script.zeros(Role.SECOND_MOMENTS, student.shapes());
  }

  /** Number of updates so far. */
  public long steps() {
    return steps;
  }

  /**
   * One update on {@code batch}.
   *
   * @throws ArithmeticException when the gradient is not finite; the weights are then as before
   * @throws IllegalStateException when accumulated batches wait for {@link #apply}
   */
  public StepResult step(TokenBatch batch, double learningRate) {
    if (pending.batches() > 0) {
      throw new IllegalStateException(
          pending.batches() + " accumulated batches wait for apply; step would mix with them");
    }
    double[] hyper = hyper(batch.nllCeiling(), learningRate);
    double[] stats =
        run(batch, hyper, Method.STEP, List.of(student.parameters(), firstMoments, secondMoments));
    return finished(Sums.of(batch, stats).withNorm(stats[5]));
  }

  /** Adds {@code batch}'s gradient to those that wait for {@link #apply}, and returns its loss. */
  public double accumulate(TokenBatch batch) {
    if (gradients.isEmpty()) {
      gradients = student.script().zeros(Role.GRADIENTS, student.shapes());
    }
    double[] hyper = hyper(batch.nllCeiling(), 0);
    double[] stats = run(batch, hyper, Method.ACCUMULATE, List.of(student.parameters(), gradients));
    pending = pending.plus(Sums.of(batch, stats));
    return stats[0];
  }

  /** The accumulated gradient of every weight, not yet clipped. */
  public Map<String, TensorData> gradients() {
    if (pending.batches() == 0) {
      throw new IllegalStateException("no gradient: accumulate a batch first");
    }
    return student.copies(gradients);
  }

  /**
   * One update with the accumulated gradients, which are then cleared.
   *
   * @throws ArithmeticException when the gradient is not finite; the weights are then as before
   */
  public StepResult apply(double learningRate) {
    if (pending.batches() == 0) {
      throw new IllegalStateException("nothing to apply: accumulate a batch first");
    }
    double norm;
    try (NDManager scope = student.script().scope()) {
      NDArray hyper = scope.create(hyper(TokenBatch.DEFAULT_NLL_CEILING, learningRate));
      norm =
          student
              .script()
              .call(
                  Method.APPLY,
                  List.of(hyper),
                  List.of(student.parameters(), gradients, firstMoments, secondMoments))
              .getDouble();
    }
    StepResult result = pending.withNorm(norm);
    pending = Sums.NONE;
    return finished(result);
  }

  private StepResult finished(StepResult result) {
    if (!Double.isFinite(result.gradientNorm()) || !Double.isFinite(result.loss())) {
      throw new ArithmeticException(
          "step %d: loss is %s and the gradient's norm %s, expected finite numbers; the weights were left as they were"
              .formatted(steps + 1, result.loss(), result.gradientNorm()));
    }
    steps++;
    return result;
  }

  private double[] hyper(double nllCeiling, double learningRate) {
    if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + ", expected a finite number of 0 or more");
    }
    return new double[] {
      nllCeiling,
      steps + 1,
      learningRate,
      settings.beta1(),
      settings.beta2(),
      settings.epsilon(),
      settings.weightDecay(),
      settings.clipNorm()
    };
  }

  private double[] run(TokenBatch batch, double[] hyper, Method method, List<List<NDArray>> lists) {
    PackedRows rows = new PackedRows(student.config(), batch.tokens());
    int scored = 0;
    for (double[] row : batch.weights()) {
      for (double weight : row) {
        scored += weight == 0 ? 0 : 1;
      }
    }
    long[] selected = new long[scored];
    long[] target = new long[scored];
    float[] weight = new float[scored];
    int next = 0;
    for (int row = 0; row < batch.tokens().size(); row++) {
      double[] weights = batch.weights().get(row);
      for (int t = 1; t < weights.length; t++) {
        if (weights[t] != 0) {
          selected[next] = rows.start(row) + t - 1L;
          target[next] = batch.tokens().get(row)[t];
          weight[next++] = (float) weights[t];
        }
      }
    }
    try (NDManager scope = student.script().scope()) {
      List<NDArray> inputs = new ArrayList<>(rows.arrays(scope));
      inputs.add(scope.create(selected));
      inputs.add(scope.create(target));
      inputs.add(scope.create(weight));
      inputs.add(scope.create(hyper));
      return student.script().call(method, inputs, lists).toDoubleArray();
    }
  }
}
