package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.DualCot.Side;
import dev.edit.contracts.Problem;
import dev.edit.generator.domain.dual.AnswerSpace;
import dev.edit.generator.domain.dual.PathBounds;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.stage.Attempts.Result;
import dev.edit.prompts.PromptPack;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the teacher, told the gold answer (AHP), write a wrong chain of thought's right counterpart:
 * the same path to the gold answer. A chain of thought that gave the gold answer in another form is
 * not wrong, so there is nothing to rectify, and nothing is asked.
 */
public final class Rectification implements Stage<Cot> {
  private final TaskLookup tasks;
  private final PromptBuilder prompts;
  private final Attempts attempts;
  private final Path path;
  private final MistakeMining mining;

  public Rectification(
      PromptPack pack,
      PromptBuilder prompts,
      Attempts attempts,
      PathBounds bounds,
      MistakeMining mining) {
    this.tasks = new TaskLookup(pack);
    this.prompts = prompts;
    this.attempts = attempts;
    this.path = new Path(bounds);
    this.mining = mining;
  }

  @Override
  public CompletionStage<Outcome> of(Cot wrong) {
    Problem problem = wrong.problem();
    if (AnswerSpace.of(problem.question(), problem.answer()).isGold(wrong.answer())) {
      return CompletableFuture.completedStage(
          new Outcome.GivenUp(
              problem.id(),
              Reason.NOT_WRONG,
              "'%s' is the gold answer '%s' in another form"
                  .formatted(wrong.answer(), problem.answer()),
              0));
    }
    return tasks.with(
        problem,
        task ->
            attempts
                .until(
                    prompts.ahp(task, problem.question(), problem.answer()),
                    text -> path.follows(wrong.text(), rightIn(text, problem.answer())))
                .thenApply(result -> outcome(wrong, result))
                .thenCompose(mining::mine));
  }

  private static Reading<Conclusion> rightIn(String text, String gold) {
    Reading<Conclusion> reading = Conclusion.read(text);
    return reading instanceof Reading.Found<Conclusion> found
            && !found.value().answer().equals(gold)
        ? new Reading.Missing<>(
            Reason.NOT_RECTIFIED,
            "told the answer '%s', the teacher still answered '%s'"
                .formatted(gold, found.value().answer()))
        : reading;
  }

  private static Outcome outcome(Cot wrong, Result<Conclusion> result) {
    if (result instanceof Result.Usable<Conclusion> usable) {
      Side right = new Side(usable.value().text(), usable.value().answer(), usable.usage());
      return new Outcome.Paired(
          new DualCot(wrong.problem(), right, side(wrong), Origin.RECTIFIED, null),
          Optional.empty());
    }
    return ((Result.Failed<Conclusion>) result).givenUp(wrong.problem().id());
  }

  static Side side(Cot cot) {
    return new Side(cot.text(), cot.answer(), cot.usage());
  }
}
