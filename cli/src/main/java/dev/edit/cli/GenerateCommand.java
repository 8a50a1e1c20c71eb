package dev.edit.cli;

import dev.edit.cli.model.GeneratedFile;
import dev.edit.cli.model.GenerationSettings;
import dev.edit.cli.model.OpenStudent;
import dev.edit.contracts.grading.Grade;
import dev.edit.student.Sampling;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit generate}. */
@Command(
    name = "generate",
    description = {
      "Lets a student reason about problems.",
      "Each line of the input is {\"question\"}, optionally with \"id\", \"task\" and the gold"
          + " answer as \"answer\" or \"target\"; each line of the output has \"cot\" and"
          + " \"answer\", and \"grade\" where there is a gold answer."
    },
    sortOptions = false)
final class GenerateCommand implements Callable<Integer> {
  @Mixin private StudentOptions options;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0 takes the most probable token each time (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Draws among the tokens that make up this share (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chains of thought per problem (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "512",
      description = "Most tokens of a chain of thought (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "16",
      description = "Chains of thought at a time (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--stop-at-answer",
      description =
          "Ends a chain of thought with the line of its final answer, after which nothing changes"
              + " its grade.")
  private boolean stopAtAnswer;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    GenerationSettings settings =
        new GenerationSettings(
            new Sampling(temperature, topP), samples, maxNewTokens, batchSize, seed, stopAtAnswer);
    try (OpenStudent student = options.open()) {
      GeneratedFile generated =
          GeneratedFile.write(student, settings, options.input(), options.output());
      json.print(figures(generated), out -> out.println(text(generated)));
    }
    return 0;
  }

  private String text(GeneratedFile generated) {
    String graded =
        graded(generated) == 0
            ? ""
            : String.format(Locale.ROOT, ", %.2f %% right", 100 * accuracy(generated));
    return "%d problems, %d chains of thought, %d tokens%s: %s"
        .formatted(
            generated.problems(),
            generated.samples(),
            generated.tokens(),
            graded,
            options.output());
  }

  private static Map<String, Object> figures(GeneratedFile generated) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("problems", generated.problems());
    root.put("samples", generated.samples());
    root.put("tokens", generated.tokens());
    long graded = graded(generated);
    if (graded > 0) {
      root.put("accuracy", accuracy(generated));
      root.put("n", graded);
      root.put("unanswered", generated.grades().getOrDefault(Grade.UNANSWERED, 0L));
    }
    return root;
  }

  private static long graded(GeneratedFile generated) {
    return generated.grades().values().stream().mapToLong(Long::longValue).sum();
  }

  private static double accuracy(GeneratedFile generated) {
    return generated.grades().getOrDefault(Grade.RIGHT, 0L) / (double) graded(generated);
  }
}
