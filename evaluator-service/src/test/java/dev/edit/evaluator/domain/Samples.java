package dev.edit.evaluator.domain;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Problem;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.evaluator.domain.prompt.PromptFiles;
import dev.edit.prompts.PromptPack;
import java.util.List;
import java.util.Optional;

/** Small records for tests. */
public final class Samples {
  private Samples() {}

  /** The built-in prompts, without worked examples. */
  public static PromptFiles prompts() {
    return new PromptFiles(
        path -> Optional.empty(),
        PromptFiles.builtIn(),
        new PromptPack(path -> Optional.empty()),
        0);
  }

  public static Problem problem(String id, String task, String source, Problem.Domain domain) {
    return new Problem(
        id, task, "What is 1 plus 2?", "3", Problem.Split.TEST, domain, source, null);
  }

  public static Problem problem(String id, String source) {
    return problem(id, "sums", source, Problem.Domain.IN);
  }

  public static Checkpoint checkpoint(
      String run, boolean last, String uri, String sha256, String tokenizer) {
    return new Checkpoint(
        run,
        Recipe.EDIT,
        7,
        "krsl",
        20,
        last,
        uri,
        sha256,
        new Checkpoint.Manifest(
            List.of(), "d", 1, new Checkpoint.Examples(1, 1), 0, 10, 0.5, "i", tokenizer, null),
        null,
        null,
        null);
  }
}
