package dev.edit.cli.bench;

import dev.edit.student.ComputeOptions;
import dev.edit.student.ComputeOptions.Precision;
import dev.edit.student.InitialWeights;
import dev.edit.student.OptimizerSettings;
import dev.edit.student.Student;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.student.TokenBatch;
import dev.edit.student.TrainingSession;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.Objectives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Time of SFT steps on random tokens: rows of one length, of which the first third is the prompt.
 * Each way of computing is measured beside full training in float32 on the same batches.
 */
public final class TrainBench {
  private static final int WARM_UP = 2;

  /** The quickstart's student and batch, at the length of its longer rows. */
  private static final Shape QUICKSTART =
      new Shape("quickstart", StudentConfig.of(200, 64, 176, 3, 4, 384, 2), 16, 128, 20);

  /** Eight layers of width 512. */
  private static final Shape EIGHT_LAYERS =
      new Shape("8-layers-512", StudentConfig.of(4096, 512, 1376, 8, 8, 256, 2), 4, 256, 1);

  private static final LoraSettings LORA = LoraSettings.PAPER;

  /** What a step is measured on; {@code repeats} times as many steps as asked for. */
  private record Shape(String name, StudentConfig config, int rows, int tokens, int repeats) {}

  /** A way of computing. */
  private record Way(String name, ComputeOptions options, boolean lora) {}

  /**
   * One model, computed in one way.
   *
   * @param model its name
   * @param parameters its size
   * @param rows B, of a batch
   * @param tokens T, of a row
   * @param way how it was computed
   * @param steps timed steps
   * @param millisecondsPerStep median
   * @param fastest the fastest step, in milliseconds
   * @param slowest the slowest step, in milliseconds
   * @param tokensPerSecond B T over the median
   * @param timesFull median over that of full training in float32
   */
  public record Timing(
      String model,
      long parameters,
      int rows,
      int tokens,
      String way,
      int steps,
      double millisecondsPerStep,
      double fastest,
      double slowest,
      double tokensPerSecond,
      double timesFull) {}

  private static final List<Way> WAYS =
      List.of(
          new Way("full-float32", ComputeOptions.DEFAULT, false),
          new Way("lora-float32", ComputeOptions.DEFAULT, true),
          new Way("full-recomputed", ComputeOptions.DEFAULT.withCheckpointing(true), false),
          new Way(
              "full-bfloat16", ComputeOptions.DEFAULT.withPrecision(Precision.BFLOAT16), false));

  private TrainBench() {}

  /**
   * Measures both models in every way, or in the first one only.
   *
   * @param steps timed steps of the larger model; the smaller one gets twenty times as many
   * @param fullOnly whether full training in float32 is all that is measured
   */
  public static List<Timing> run(int steps, boolean fullOnly) {
    List<Timing> timings = new ArrayList<>();
    for (Shape shape : List.of(QUICKSTART, EIGHT_LAYERS)) {
      double full = Double.NaN;
      for (Way way : fullOnly ? WAYS.subList(0, 1) : WAYS) {
        double[] millis = millis(shape, way, steps * shape.repeats());
        double median = millis[millis.length / 2];
        full = Double.isNaN(full) ? median : full;
        timings.add(
            new Timing(
                shape.name(),
                shape.config().parameterCount(),
                shape.rows(),
                shape.tokens(),
                way.name(),
                millis.length,
                median,
                millis[0],
                millis[millis.length - 1],
                shape.rows() * shape.tokens() * 1000 / median,
                median / full));
      }
    }
    return timings;
  }

  /** Sorted times of {@code steps} steps after a warm-up. */
  private static double[] millis(Shape shape, Way way, int steps) {
    StudentConfig config = shape.config();
    StudentFolder folder = new StudentFolder(config, InitialWeights.create(config, 1), Map.of());
    Random random = new Random(1);
    List<TokenBatch> batches = IntStream.range(0, 4).mapToObj(i -> batch(random, shape)).toList();
    double[] millis = new double[steps];
    try (Student student = new Student(folder, way.options())) {
      if (way.lora()) {
        student.attach(LoraAdapter.create(config, LORA, 1));
      }
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT, 1);
      for (int step = -WARM_UP; step < steps; step++) {
        TokenBatch batch = batches.get(Math.floorMod(step, batches.size()));
        long start = System.nanoTime();
        session.step(batch, 1e-4);
        if (step >= 0) {
          millis[step] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private static TokenBatch batch(Random random, Shape shape) {
    List<Example> examples = new ArrayList<>();
    int prompt = shape.tokens() / 3;
    for (int row = 0; row < shape.rows(); row++) {
      int[] tokens = random.ints(shape.tokens(), 3, shape.config().vocabSize()).toArray();
      examples.add(
          new Example(
              Arrays.copyOf(tokens, prompt), Arrays.copyOfRange(tokens, prompt, tokens.length)));
    }
    return Objectives.sft(examples);
  }
}
