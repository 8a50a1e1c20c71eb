package dev.edit.cli.bench;

import dev.edit.student.Continuation;
import dev.edit.student.ContinuousDecoder;
import dev.edit.student.DecodingSettings;
import dev.edit.student.Sampling;
import dev.edit.student.Student;
import dev.edit.student.UncachedDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokens per second of greedy decoding: many rows at a time with a cache of keys and values and
 * refilled slots, beside the same student one prompt at a time and without a cache. All ways
 * continue the same prompts, and their tokens are compared.
 */
public final class DecodeBench {
  private static final int WARM_UP = 2;
  private static final int REPEATS = 3;

  /**
   * A way of decoding.
   *
   * @param way its name
   * @param rows most rows at a time
   * @param seconds for all prompts; the median where it was repeated
   * @param tokensPerSecond new tokens over that
   * @param timesUncached over the tokens per second of one-by-one decoding without a cache
   * @param differing prompts whose tokens differ from those of that
   */
  public record Timing(
      String way,
      int rows,
      double seconds,
      double tokensPerSecond,
      double timesUncached,
      int differing) {}

  /**
   * What was decoded, and how fast.
   *
   * @param parameters of the student
   * @param trainedSteps steps it was trained before, 0 where it came as it is
   * @param prompts continued
   * @param promptTokens tokens of all prompts
   * @param tokens new tokens of all continuations
   * @param shortest continuation, in tokens
   * @param longest continuation, in tokens
   * @param cut continuations that ended by length
   * @param timings the first one is decoding one by one without a cache
   */
  public record Result(
      long parameters,
      int trainedSteps,
      int prompts,
      long promptTokens,
      long tokens,
      int shortest,
      int longest,
      int cut,
      List<Timing> timings) {

    /** Whether all ways gave the same tokens. */
    public boolean same() {
      return timings.stream().allMatch(timing -> timing.differing() == 0);
    }
  }

  private interface Way {
    List<Continuation> decode(List<int[]> prompts);
  }

  private final Student student;
  private final List<int[]> prompts;
  private final int maxNewTokens;
  private final int batchSize;
  private final List<Timing> timings = new ArrayList<>();
  private List<Continuation> expected = List.of();

  private DecodeBench(Student student, List<int[]> prompts, int maxNewTokens, int batchSize) {
    this.student = student;
    this.prompts = prompts;
    this.maxNewTokens = maxNewTokens;
    this.batchSize = batchSize;
  }

  /**
   * Measures a student.
   *
   * @param folder the student; null for the quickstart's, trained for {@code steps} steps
   */
  public static Result run(Path folder, int steps, int prompts, int maxNewTokens, int batchSize)
      throws IOException {
    try (BenchStudent bench =
        folder == null ? BenchStudent.trained(steps) : BenchStudent.load(folder)) {
      return new DecodeBench(bench.student(), bench.prompts(prompts), maxNewTokens, batchSize)
          .measure(bench.trainedSteps());
    }
  }

  private Result measure(int trainedSteps) {
    UncachedDecoder.decode(student, prompts.subList(0, WARM_UP), maxNewTokens);
    time("one-by-one-without-cache", 1, 1, this::uncached);
    time("one-by-one", 1, 1, these -> cached(these, 1));
    time("batches-without-refill", batchSize, REPEATS, this::inBatches);
    time("refill", batchSize, REPEATS, these -> cached(these, batchSize));
    int[] lengths = expected.stream().mapToInt(c -> c.tokens().length).toArray();
    return new Result(
        student.parameterCount(),
        trainedSteps,
        prompts.size(),
        prompts.stream().mapToLong(prompt -> prompt.length).sum(),
        Arrays.stream(lengths).sum(),
        Arrays.stream(lengths).min().orElse(0),
        Arrays.stream(lengths).max().orElse(0),
        (int) expected.stream().filter(c -> c.ending() == Continuation.Ending.LENGTH).count(),
        List.copyOf(timings));
  }

  private void time(String name, int rows, int repeats, Way way) {
    double[] seconds = new double[repeats];
    List<Continuation> found = List.of();
    for (int repeat = 0; repeat < repeats; repeat++) {
      long start = System.nanoTime();
      found = way.decode(prompts);
      seconds[repeat] = (System.nanoTime() - start) / 1e9;
    }
    if (timings.isEmpty()) {
      expected = found;
    }
    Arrays.sort(seconds);
    double median = seconds[repeats / 2];
    long tokens = found.stream().mapToLong(continuation -> continuation.tokens().length).sum();
    double pace = tokens / median;
    double baseline = timings.isEmpty() ? pace : timings.get(0).tokensPerSecond();
    timings.add(new Timing(name, rows, median, pace, pace / baseline, differing(found)));
  }

  private int differing(List<Continuation> found) {
    return (int)
        IntStream.range(0, found.size())
            .filter(i -> !Arrays.equals(found.get(i).tokens(), expected.get(i).tokens()))
            .count();
  }

  private List<Continuation> uncached(List<int[]> these) {
    return UncachedDecoder.decode(student, these, maxNewTokens);
  }

  private List<Continuation> cached(List<int[]> these, int rows) {
    DecodingSettings settings = DecodingSettings.of(student, Sampling.GREEDY, maxNewTokens, rows);
    return ContinuousDecoder.decode(student, these, new long[these.size()], settings);
  }

  /** Batches of like length, each decoded to its end before the next one starts. */
  private List<Continuation> inBatches(List<int[]> these) {
    List<Integer> byLength =
        IntStream.range(0, these.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> these.get(i).length))
            .toList();
    Continuation[] results = new Continuation[these.size()];
    for (int from = 0; from < these.size(); from += batchSize) {
      List<Integer> batch = byLength.subList(from, Math.min(from + batchSize, these.size()));
      List<Continuation> found = cached(batch.stream().map(these::get).toList(), batchSize);
      for (int i = 0; i < batch.size(); i++) {
        results[batch.get(i)] = found.get(i);
      }
    }
    return Arrays.asList(results);
  }
}
