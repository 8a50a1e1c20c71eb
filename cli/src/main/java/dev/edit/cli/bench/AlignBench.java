package dev.edit.cli.bench;

import dev.edit.alignment.AlignmentRule;
import dev.edit.alignment.KeyMasks;
import dev.edit.alignment.KeyStepAligner;
import dev.edit.alignment.NaiveReferenceAlignment;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Time to find both masks of a pair, on one thread: the kernel, and the naive twin in the same run
 * on the same pairs.
 */
public final class AlignBench {
  private static final int ROUNDS = 7;

  private final int[][][] pairs;

  private AlignBench(int[][][] pairs) {
    this.pairs = pairs;
  }

  /**
   * What one aligner did: whole passes over the pairs, in rounds after a warm-up.
   *
   * @param microsecondsPerPair the median of the rounds
   * @param pairsPerSecond its inverse
   * @param fastest the fastest round's microseconds a pair
   * @param slowest the slowest round's microseconds a pair
   */
  public record Timing(
      double microsecondsPerPair, double pairsPerSecond, double fastest, double slowest) {

    private static Timing of(double[] sorted) {
      double median = sorted[sorted.length / 2];
      return new Timing(median, 1e6 / median, sorted[0], sorted[sorted.length - 1]);
    }
  }

  /**
   * The result.
   *
   * @param pairs how many pairs
   * @param tokens mean length of the right sides
   * @param distance mean edit distance
   * @param differing pairs whose masks differ between kernel and twin: 0, or the kernel is wrong
   * @param kernel the kernel's time
   * @param naive the twin's time
   */
  public record Result(
      int pairs, double tokens, double distance, int differing, Timing kernel, Timing naive) {}

  /** The pairs of a file of lines {@code {right: [ints], wrong: [ints]}}. */
  public static AlignBench of(Path file) throws IOException {
    List<int[][]> pairs = new ArrayList<>();
    JsonLines.read(
        file, line -> pairs.add(new int[][] {line.integers("right"), line.integers("wrong")}));
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(file + ": expected at least one pair, found none");
    }
    return new AlignBench(pairs.toArray(int[][][]::new));
  }

  /**
   * Compares all masks, then measures.
   *
   * @param budget about how long each of the two is measured; half as long again goes to its
   *     warm-up
   */
  public Result run(Duration budget) {
    KeyStepAligner kernel = AlignmentRule.REFERENCE.newAligner();
    KeyStepAligner naive = new NaiveReferenceAlignment();
    double tokens = 0;
    double distance = 0;
    int differing = 0;
    for (int[][] pair : pairs) {
      KeyMasks masks = kernel.align(pair[0], pair[1]);
      tokens += pair[0].length;
      distance += masks.distance();
      differing += masks.equals(naive.align(pair[0], pair[1])) ? 0 : 1;
    }
    return new Result(
        pairs.length,
        tokens / pairs.length,
        distance / pairs.length,
        differing,
        timing(kernel, budget),
        timing(naive, budget));
  }

  private Timing timing(KeyStepAligner aligner, Duration budget) {
    long warm = System.nanoTime() + budget.toNanos() / 2;
    double pass;
    do {
      pass = secondsOf(aligner, 1);
    } while (System.nanoTime() < warm);
    int passes = (int) Math.max(1, budget.toNanos() / 1e9 / ROUNDS / pass);
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      micros[round] = secondsOf(aligner, passes) * 1e6 / passes / pairs.length;
    }
    java.util.Arrays.sort(micros);
    return Timing.of(micros);
  }

  private double secondsOf(KeyStepAligner aligner, int passes) {
    long keyTokens = 0;
    long start = System.nanoTime();
    for (int pass = 0; pass < passes; pass++) {
      for (int[][] pair : pairs) {
        KeyMasks masks = aligner.align(pair[0], pair[1]);
        keyTokens += masks.rightKey().spanCount() + masks.wrongKey().spanCount();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (keyTokens < 0) {
      throw new IllegalStateException("counted " + keyTokens + " spans");
    }
    return seconds;
  }
}
