package dev.edit.generator.domain.stage;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.Problem;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.stage.Attempts.Result;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Has the teacher say what is wrong with the wrong side of a pair (method, appendix A.6). The pair
 * is published whatever comes of it: without a diagnosis, its mistake is absent.
 */
@FunctionalInterface
public interface MistakeMining {
  /** The outcome, with the mistake if there is a wrong side and the teacher can name it. */
  CompletionStage<Outcome> mine(Outcome outcome);

  /** Asks nothing. */
  static MistakeMining off() {
    return CompletableFuture::completedStage;
  }

  /**
   * Asks the teacher.
   *
   * @param ended is told how each question ended: the pattern's text, or the code of the reason why
   *     there is none
   */
  static MistakeMining by(PromptBuilder prompts, Attempts attempts, Consumer<String> ended) {
    return outcome ->
        outcome instanceof Outcome.Paired paired && paired.dual().dual().isPresent()
            ? ask(prompts, attempts, paired, ended)
            : CompletableFuture.completedStage(outcome);
  }

  private static CompletionStage<Outcome> ask(
      PromptBuilder prompts, Attempts attempts, Outcome.Paired paired, Consumer<String> ended) {
    DualCot dual = paired.dual();
    Problem problem = dual.problem();
    return attempts
        .until(
            prompts.mistake(problem.question(), problem.answer(), dual.wrong().text()),
            Diagnosis::read)
        .thenApply(
            result -> {
              if (result instanceof Result.Usable<Diagnosis> usable) {
                ended.accept(usable.value().pattern().toString());
                return paired.with(usable.value().pattern());
              }
              ended.accept(((Result.Failed<Diagnosis>) result).reason().code());
              return paired;
            });
  }
}
