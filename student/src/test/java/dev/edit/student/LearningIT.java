package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.lora.LoraTarget;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A student learns to copy, and a long session does not grow the process. */
class LearningIT {
  private static final int EOS = 1;
  private static final int SEPARATOR = 0;
  private static final int VOCABULARY = 12;

  /** Steps of the memory test. */
  private static final int STEPS = Boolean.getBoolean("edit.full") ? 2_000 : 250;

  @Test
  void shouldLearnToCopyItsPrompt() {
    Random random = new Random(1);
    StudentConfig config = StudentConfig.of(VOCABULARY, 32, 64, 2, 4, 32, EOS);
    OptimizerSettings settings = new OptimizerSettings(0.9, 0.98, 1e-8, 0.01, 1);
    LearningRate rate = LearningRate.cosine(5e-3, 0, 30, 400);
    try (Student student = Student.create(config, 1)) {
      TrainingSession session = new TrainingSession(student, settings);
      double[] losses = new double[400];
      for (int step = 0; step < losses.length; step++) {
        losses[step] = session.step(copies(random, 16), rate.at(step)).loss();
      }
      assertThat(losses[0]).isGreaterThan(2);
      assertThat(Arrays.stream(losses, 380, 400).average().orElseThrow()).isLessThan(0.1);

      List<Example> unseen = examples(random, 100);
      List<int[]> continuations =
          GreedyDecoder.decode(student, unseen.stream().map(Example::prompt).toList(), 10, 50);
      int right = 0;
      for (int i = 0; i < unseen.size(); i++) {
        right += Arrays.equals(unseen.get(i).response(), continuations.get(i)) ? 1 : 0;
      }
      assertThat(right).as("prompts of 100 copied without a mistake").isGreaterThanOrEqualTo(80);
    }
  }

  @Test
  void shouldNotGrowTheProcessOverManySteps() throws IOException {
    assertFlat(null, ComputeOptions.DEFAULT);
  }

  @Test
  void shouldNotGrowTheProcessOverManyStepsOfAnAdapter() throws IOException {
    LoraSettings settings = new LoraSettings(8, 16, 0.05, List.of(LoraTarget.values()));
    assertFlat(settings, ComputeOptions.DEFAULT.withCheckpointing(true).withLogitsAtATime(500));
  }

  private static void assertFlat(LoraSettings adapter, ComputeOptions options) throws IOException {
    Random random = new Random(2);
    StudentConfig config = StudentConfig.of(VOCABULARY, 32, 64, 2, 4, 32, EOS);
    StudentFolder folder = new StudentFolder(config, InitialWeights.create(config, 2), Map.of());
    try (Student student = new Student(folder, options)) {
      if (adapter != null) {
        student.attach(LoraAdapter.create(config, adapter, 2));
      }
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      work(student, session, random, STEPS / 2);
      long before = residentKilobytes();
      work(student, session, random, STEPS);
      long grown = residentKilobytes() - before;
      // One set of weights, gradients or activations kept per step would be 0.1 to 2 MB each.
      assertThat(grown).as("kB grown over %d steps", STEPS).isLessThan(STEPS * 40L);
    }
  }

  private static void work(Student student, TrainingSession session, Random random, int steps) {
    for (int step = 0; step < steps; step++) {
      session.step(copies(random, 8), 1e-4);
      session.accumulate(copies(random, 8));
      session.apply(1e-4);
      if (step % 10 == 0) {
        List<int[]> prompts = examples(random, 4).stream().map(Example::prompt).toList();
        GreedyDecoder.decode(student, prompts, 8, 4);
        Scorer.logProbabilities(student, prompts);
        session.restore(session.state());
      }
    }
    System.gc();
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static TokenBatch copies(Random random, int count) {
    return Objectives.sft(examples(random, count));
  }

  /**
   * Tokens of a prompt are distinct: after a repeated one, two layers cannot tell which place to go
   * on from.
   */
  private static List<Example> examples(Random random, int count) {
    List<Integer> symbols = new ArrayList<>(IntStream.range(2, VOCABULARY).boxed().toList());
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Collections.shuffle(symbols, random);
      int length = 2 + random.nextInt(5);
      int[] prompt = new int[length + 1];
      int[] response = new int[length + 1];
      for (int t = 0; t < length; t++) {
        prompt[t] = symbols.get(t);
        response[t] = symbols.get(t);
      }
      prompt[length] = SEPARATOR;
      response[length] = EOS;
      examples.add(new Example(prompt, response));
    }
    return examples;
  }
}
