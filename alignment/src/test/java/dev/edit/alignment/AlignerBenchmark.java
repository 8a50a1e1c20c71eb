package dev.edit.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds per pair, both masks included, on one thread. {@code long} and {@code mid} are the
 * files of {@code ../shared/data/align-pairs}; the others are drawn here with a fixed seed: {@code
 * dissimilar} has 136 tokens and a distance of about two thirds of that, {@code ladder-N} 1,000
 * tokens and N random edits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC"})
public class AlignerBenchmark {

  @Param({
    "long",
    "mid",
    "dissimilar",
    "ladder-25",
    "ladder-100",
    "ladder-150",
    "ladder-200",
    "ladder-400"
  })
  public String pairs;

  private final KeyStepAligner fast = new ReferenceAligner();
  private final KeyStepAligner naive = new NaiveReferenceAlignment();
  private int[][][] all;
  private int next;

  @Setup
  public void load() throws Exception {
    List<int[][]> loaded = new ArrayList<>();
    Random random = new Random(4);
    if (pairs.startsWith("ladder-")) {
      int edits = Integer.parseInt(pairs.substring("ladder-".length()));
      for (int i = 0; i < 200; i++) {
        int[] right = SampleSequences.draw(random, 1_000, 6_000);
        loaded.add(new int[][] {right, SampleSequences.edit(random, right, edits, 6_000)});
      }
    } else if (pairs.equals("dissimilar")) {
      for (int i = 0; i < 1_000; i++) {
        loaded.add(
            new int[][] {
              SampleSequences.draw(random, 136, 6), SampleSequences.draw(random, 136, 6)
            });
      }
    } else {
      String file = "align-pairs/" + pairs + ".jsonl";
      loaded.addAll(
          SharedData.pairs(
              SharedData.find(file)
                  .orElseThrow(() -> new IllegalStateException("no ../shared/data/" + file))));
    }
    all = loaded.toArray(int[][][]::new);
    describe();
  }

  @Benchmark
  public KeyMasks fast() {
    return align(fast);
  }

  @Benchmark
  public KeyMasks naive() {
    return align(naive);
  }

  private KeyMasks align(KeyStepAligner aligner) {
    int[][] pair = all[next];
    next = next + 1 == all.length ? 0 : next + 1;
    return aligner.align(pair[0], pair[1], 0);
  }

  private void describe() {
    double tokens = 0;
    double distance = 0;
    for (int[][] pair : all) {
      tokens += pair[0].length;
      distance += fast.align(pair[0], pair[1], 0).distance();
    }
    System.out.printf(
        "%n%s: %d pairs, mean %.1f tokens, distance %.1f%n",
        pairs, all.length, tokens / all.length, distance / all.length);
  }
}
