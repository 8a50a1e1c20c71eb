package dev.edit.cli.bench;

import dev.edit.cli.files.FileTree;
import dev.edit.cli.quickstart.FirstStudent;
import dev.edit.contracts.Problem;
import dev.edit.contracts.StudentPrompt;
import dev.edit.families.Families;
import dev.edit.families.ProblemSets;
import dev.edit.families.SetSizes;
import dev.edit.student.OptimizerSettings;
import dev.edit.student.Student;
import dev.edit.student.TrainingSession;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.Objectives;
import dev.edit.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The quickstart's student, taught for some steps to write chains of thought and to end them, and
 * prompts from the quickstart's test problems.
 */
final class BenchStudent implements AutoCloseable {
  private static final long SEED = 42;
  private static final int BATCH = 16;
  private static final int WARM_UP = 20;
  private static final double RATE = 5e-3;

  private final Student student;
  private final Tokenizer tokenizer;
  private final int trainedSteps;

  private BenchStudent(Student student, Tokenizer tokenizer, int trainedSteps) {
    this.student = student;
    this.tokenizer = tokenizer;
    this.trainedSteps = trainedSteps;
  }

  /** A student as it lies in a folder. */
  static BenchStudent load(Path folder) throws IOException {
    return new BenchStudent(Student.load(folder), Tokenizer.load(folder), 0);
  }

  /** The quickstart's, from scratch; the same for the same number of steps. */
  static BenchStudent trained(int steps) throws IOException {
    Path root = Files.createTempDirectory("edit-bench-");
    try {
      Path folder = root.resolve("student");
      FirstStudent.writeUnlessThere(folder, SEED);
      BenchStudent trained = new BenchStudent(Student.load(folder), Tokenizer.load(folder), steps);
      trained.train();
      return trained;
    } finally {
      FileTree.delete(root);
    }
  }

  private void train() {
    List<Example> examples =
        ProblemSets.generate(SEED, new SetSizes(BATCH * trainedSteps, 0, 0, 0)).train().stream()
            .map(this::example)
            .toList();
    TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT, SEED);
    for (int step = 0; step < trainedSteps; step++) {
      List<Example> batch = examples.subList(step * BATCH, (step + 1) * BATCH);
      session.step(Objectives.sft(batch), RATE * Math.min(1, (step + 1.0) / WARM_UP));
    }
  }

  private Example example(Problem problem) {
    String solution = Families.parse(problem.question()).orElseThrow().solve().text();
    int[] text = tokenizer.encode(solution, false).ids();
    int[] response = Arrays.copyOf(text, text.length + 1);
    response[text.length] = student.config().eosTokenIds().get(0);
    return new Example(prompt(problem), response);
  }

  private int[] prompt(Problem problem) {
    return tokenizer.encode(StudentPrompt.render(problem.question()), true).ids();
  }

  /** Token ids of so many test problems, of all difficulties. */
  List<int[]> prompts(int count) {
    int harder = count / 3;
    ProblemSets sets = ProblemSets.generate(SEED, new SetSizes(0, count - harder, harder, 0));
    List<int[]> prompts = new ArrayList<>();
    Stream.concat(sets.test().stream(), sets.harder().stream())
        .forEach(problem -> prompts.add(prompt(problem)));
    return prompts;
  }

  Student student() {
    return student;
  }

  int trainedSteps() {
    return trainedSteps;
  }

  @Override
  public void close() {
    student.close();
    tokenizer.close();
  }
}
