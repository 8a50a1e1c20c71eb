package dev.edit.student;

import dev.edit.student.objective.Example;
import dev.edit.student.objective.Objectives;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * CPU milliseconds per training step and tokens per CPU second of decoding on random data, one
 * thread: run the main method. Arguments: hidden size, feed-forward size, layers, heads, rows per
 * batch, shortest and longest row.
 */
final class StudentBenchmark {
  private static final int VOCABULARY = 200;

  private StudentBenchmark() {}

  public static void main(String[] args) {
    int[] n = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    StudentConfig config = StudentConfig.of(VOCABULARY, n[0], n[1], n[2], n[3], 512, 2);
    Random random = new Random(1);
    List<TokenBatch> batches = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      batches.add(batch(random, n[4], n[5], n[6]));
    }
    try (Student student = Student.create(config, 1)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      batches.subList(0, 10).forEach(batch -> session.step(batch, 1e-3));
      long[] nanos = new long[batches.size()];
      long tokens = 0;
      long begin = cpuNanos();
      for (int i = 0; i < nanos.length; i++) {
        long start = cpuNanos();
        tokens += session.step(batches.get(i), 1e-3).tokens();
        nanos[i] = cpuNanos() - start;
      }
      double seconds = (cpuNanos() - begin) / 1e9;
      Arrays.sort(nanos);
      System.out.printf(
          "%s: %d parameters, step median %.1f ms, %.0f tokens/s%n",
          Arrays.toString(n),
          student.parameterCount(),
          nanos[nanos.length / 2] / 1e6,
          tokens / seconds);
      decode(student, random);
    }
  }

  /**
   * CPU time of this thread, which does all the work: other processes on the machine do not count.
   */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void decode(Student student, Random random) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      prompts.add(random.ints(20 + random.nextInt(20), 3, VOCABULARY).toArray());
    }
    GreedyDecoder.decode(student, prompts, 60, 64);
    long begin = cpuNanos();
    long tokens =
        GreedyDecoder.decode(student, prompts, 60, 64).stream().mapToLong(row -> row.length).sum();
    double seconds = (cpuNanos() - begin) / 1e9;
    System.out.printf(
        "decode: %d tokens in %.2f s, %.0f tokens/s%n", tokens, seconds, tokens / seconds);
  }

  private static TokenBatch batch(Random random, int rows, int shortest, int longest) {
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int length = shortest + random.nextInt(longest - shortest + 1);
      int[] tokens = random.ints(length, 3, VOCABULARY).toArray();
      int prompt = length / 3;
      examples.add(
          new Example(Arrays.copyOf(tokens, prompt), Arrays.copyOfRange(tokens, prompt, length)));
    }
    return Objectives.sft(examples);
  }
}
