package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.DualCot.Side;
import dev.edit.contracts.Problem;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.prompt.PromptPack;
import dev.edit.generator.domain.stage.Attempts.Result;
import dev.edit.generator.domain.stage.Conclusion.Reading;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Has the teacher, told the gold answer (AHP), write a wrong chain of thought's right counterpart.
 */
public final class Rectification implements Stage<Cot> {
  private final TaskLookup tasks;
  private final PromptBuilder prompts;
  private final Attempts attempts;

  public Rectification(PromptPack pack, PromptBuilder prompts, Attempts attempts) {
    this.tasks = new TaskLookup(pack);
    this.prompts = prompts;
    this.attempts = attempts;
  }

  @Override
  public CompletionStage<Outcome> of(Cot wrong) {
    Problem problem = wrong.problem();
    return tasks.with(
        problem,
        task ->
            attempts
                .until(
                    prompts.ahp(task, problem.question(), problem.answer()),
                    text -> rightIn(text, problem.answer()))
                .thenApply(result -> outcome(wrong, result)));
  }

  private static Reading rightIn(String text, String gold) {
    Reading reading = Conclusion.read(text);
    return reading instanceof Reading.Found found && !found.conclusion().answer().equals(gold)
        ? new Reading.Missing(
            Reason.NOT_RECTIFIED,
            "told the answer '%s', the teacher still answered '%s'"
                .formatted(gold, found.conclusion().answer()))
        : reading;
  }

  private static Outcome outcome(Cot wrong, Result result) {
    if (result instanceof Result.Usable usable) {
      Side right =
          new Side(usable.conclusion().text(), usable.conclusion().answer(), usable.usage());
      return new Outcome.Paired(
          new DualCot(wrong.problem(), right, side(wrong), Origin.RECTIFIED, null),
          Optional.empty());
    }
    return ((Result.Failed) result).givenUp(wrong.problem().id());
  }

  static Side side(Cot cot) {
    return new Side(cot.text(), cot.answer(), cot.usage());
  }
}
