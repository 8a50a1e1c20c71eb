package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.edit.student.files.TensorData;
import dev.edit.student.torch.DecoderScript;
import dev.edit.student.torch.DecoderScript.Method;
import dev.edit.student.torch.DecoderScript.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Trains a student in place with AdamW: its adapter if one is attached, else its weights. A step is
 * one native call: forward, loss, backward, clipping, update. The same student, batches, settings
 * and seed give the same bits.
 *
 * <p>Either {@link #step} a whole batch, or {@link #accumulate} its parts and {@link #apply} once:
 * the parts' losses and gradients are summed. The optimizer's state lives as long as the student;
 * {@link #state} copies it, {@link #restore} goes on from it bit for bit. Not safe for use by
 * several threads at a time.
 *
 * <p>Dropout of an adapter is drawn anew for every batch from the seed, the number of updates so
 * far and the number of batches accumulated since: it needs no state of its own.
 */
public final class TrainingSession {
  private final Student student;
  private final OptimizerSettings settings;
  private final long seed;
  private final NamedArrays trained;
  private NamedArrays firstMoments;
  private NamedArrays secondMoments;
  private NamedArrays gradients;
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

    static Sums of(TrainingBatch batch, double[] stats) {
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

  /** A session with fresh optimizer state and seed 0. */
  public TrainingSession(Student student, OptimizerSettings settings) {
    this(student, settings, 0);
  }

  /**
   * A session with fresh optimizer state.
   *
   * @param seed of the adapter's dropout; nothing else is random
   */
  public TrainingSession(Student student, OptimizerSettings settings, long seed) {
    this.student = student;
    this.settings = settings;
    this.seed = seed;
    trained = student.trained();
    firstMoments = trained.zeros(Role.FIRST_MOMENTS);
    secondMoments = trained.zeros(Role.SECOND_MOMENTS);
  }

  /** Number of updates so far. */
  public long steps() {
    return steps;
  }

  /**
   * A copy of the optimizer's state in Java memory.
   *
   * @throws IllegalStateException when accumulated batches wait for {@link #apply}
   */
  public OptimizerState state() {
    refuse(pending.batches() > 0, "their gradients are not part of the state");
    student.script();
    return new OptimizerState(steps, firstMoments.copies(), secondMoments.copies());
  }

  /**
   * Goes on from {@code state}. With the trained tensors of the same moment, every later step has
   * the bits it would have had without interruption.
   *
   * @throws IllegalArgumentException when the state is of other tensors; names one
   * @throws IllegalStateException when accumulated batches wait for {@link #apply}
   */
  public void restore(OptimizerState state) {
    refuse(pending.batches() > 0, "restore would mix them with another state");
    student.script();
    firstMoments = firstMoments.replaced(Role.FIRST_MOMENTS, state.firstMoments(), "first moments");
    secondMoments =
        secondMoments.replaced(Role.SECOND_MOMENTS, state.secondMoments(), "second moments");
    steps = state.step();
  }

  /**
   * One update on {@code batch}.
   *
   * @throws ArithmeticException when the gradient is not finite; the weights are then as before
   * @throws IllegalStateException when accumulated batches wait for {@link #apply}
   */
  public StepResult step(TrainingBatch batch, double learningRate) {
    refuse(pending.batches() > 0, "step would mix with them");
    double[] stats = run(batch, learningRate, Method.STEP, firstMoments, secondMoments);
    return finished(Sums.of(batch, stats).withNorm(stats[5]));
  }

  /** Adds {@code batch}'s gradient to those that wait for {@link #apply}, and returns its loss. */
  public double accumulate(TrainingBatch batch) {
    if (gradients == null) {
      gradients = trained.zeros(Role.GRADIENTS);
    }
    double[] stats = run(batch, 0, Method.ACCUMULATE, gradients);
    pending = pending.plus(Sums.of(batch, stats));
    return stats[0];
  }

  /** The accumulated gradient of every trained tensor, not yet clipped. */
  public Map<String, TensorData> gradients() {
    if (pending.batches() == 0) {
      throw new IllegalStateException("no gradient: accumulate a batch first");
    }
    student.script();
    return gradients.copies();
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
    checkTrained();
    double norm;
    try (NDManager scope = student.script().scope()) {
      NDArray hyper = student.script().host(scope, hyper(learningRate));
      norm =
          student
              .script()
              .call(
                  Method.APPLY,
                  List.of(hyper),
                  Stream.of(trained, gradients, firstMoments, secondMoments)
                      .map(NamedArrays::arrays)
                      .toList(),
                  List.of())
              .getDouble();
    }
    StepResult result = pending.withNorm(norm);
    pending = Sums.NONE;
    return finished(result);
  }

  /**
   * Puts the sum of what copies of one student have accumulated in the place of what each of them
   * has, so that all take the same update. One that has nothing waiting only receives.
   */
  static void share(List<TrainingSession> copies) {
    if (copies.size() == 1) {
      return;
    }
    Map<String, TensorData> sum = new LinkedHashMap<>();
    Sums all = Sums.NONE;
    for (TrainingSession copy : copies) {
      if (copy.pending.batches() > 0) {
        copy.gradients().forEach((name, tensor) -> sum.merge(name, tensor, TrainingSession::plus));
        all = all.plus(copy.pending);
      }
    }
    for (TrainingSession copy : copies) {
      if (copy.gradients == null) {
        copy.gradients = copy.trained.zeros(Role.GRADIENTS);
      }
      copy.gradients = copy.gradients.replaced(Role.GRADIENTS, sum, "gradients");
      copy.pending = all;
    }
  }

  private static TensorData plus(TensorData some, TensorData others) {
    float[] values = some.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += others.values()[i];
    }
    return new TensorData(some.shape(), values);
  }

  private void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalStateException(
          pending.batches() + " accumulated batches wait for apply; " + why);
    }
  }

  private void checkTrained() {
    student.script();
    if (student.trained() != trained) {
      throw new IllegalStateException(
          "an adapter was attached or taken off since this session began; begin another one");
    }
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

  private double[] hyper(double learningRate) {
    if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + ", expected a finite number of 0 or more");
    }
    return new double[] {
      TokenBatch.DEFAULT_NLL_CEILING,
      steps + 1,
      learningRate,
      settings.beta1(),
      settings.beta2(),
      settings.epsilon(),
      settings.weightDecay(),
      settings.clipNorm(),
      student.drawsDropout() ? dropoutSeed() : -1,
      0,
      0
    };
  }

  /** 52 bits, which a double holds exactly, all of them mixed from seed, step and part. */
  private double dropoutSeed() {
    long state = new SplittableRandom(seed).nextLong() + steps;
    state = new SplittableRandom(state).nextLong() + pending.batches();
    return new SplittableRandom(state).nextLong() >>> 12;
  }

  private double[] run(
      TrainingBatch batch, double learningRate, Method method, NamedArrays... optimizer) {
    checkTrained();
    double[] hyper = hyper(learningRate);
    if (batch instanceof TokenBatch tokens) {
      hyper[0] = tokens.nllCeiling();
    } else if (batch instanceof PreferenceBatch preferences) {
      hyper[9] = preferences.beta();
      hyper[10] = preferences.share();
    }
    List<List<NDArray>> lists = new ArrayList<>(student.model());
    for (NamedArrays arrays : optimizer) {
      lists.add(arrays.arrays());
    }
    DecoderScript script = student.script();
    PackedRows rows = new PackedRows(student.config(), batch.tokens());
    try (NDManager scope = script.scope()) {
      RotaryTables.Placed placed = student.rotary().rows(rows.lengths(), scope);
      List<NDArray> inputs = new ArrayList<>(rows.arrays(scope, placed.offsets()));
      inputs.addAll(new ScoredTokens(batch, rows).arrays(scope));
      inputs.add(script.host(scope, hyper));
      return script.call(method, inputs, lists, placed.tables()).toDoubleArray();
    }
  }
}
