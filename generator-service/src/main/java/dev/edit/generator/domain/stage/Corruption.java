package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.DualCot.Side;
import dev.edit.contracts.Problem;
import dev.edit.generator.domain.prompt.Exemplar;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.prompt.PromptPack;
import dev.edit.generator.domain.prompt.TaskPrompts;
import dev.edit.generator.domain.stage.Attempts.Result;
import dev.edit.generator.domain.stage.Conclusion.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lures the teacher, by pairs of its own (CCP), into a wrong counterpart of a right chain of
 * thought. The right one is paid for and sound: without a counterpart it goes on alone, for SFT.
 */
public final class Corruption implements Stage<Cot> {
  private static final String ECHO = "Wrong Response:";

  private final TaskLookup tasks;
  private final PromptBuilder prompts;
  private final Attempts attempts;
  private final Exemplars exemplars;

  public Corruption(
      PromptPack pack, PromptBuilder prompts, Attempts attempts, Exemplars exemplars) {
    this.tasks = new TaskLookup(pack);
    this.prompts = prompts;
    this.attempts = attempts;
    this.exemplars = exemplars;
  }

  @Override
  public CompletionStage<Outcome> of(Cot right) {
    return tasks.with(
        right.problem(),
        task -> exemplars.sample(right, task).thenCompose(pairs -> corrupt(right, task, pairs)));
  }

  private CompletionStage<Outcome> corrupt(Cot right, TaskPrompts task, List<Exemplar> pairs) {
    if (pairs.isEmpty()) {
      return CompletableFuture.completedStage(alone(right, Reason.NO_EXEMPLARS));
    }
    Problem problem = right.problem();
    return attempts
        .until(
            prompts.ccp(task, pairs, problem.question(), right.text()),
            text -> wrongIn(text, problem.answer()))
        .thenApply(result -> outcome(right, result));
  }

  private static Reading wrongIn(String text, String gold) {
    String body = text.strip();
    Reading reading = Conclusion.read(body.startsWith(ECHO) ? body.substring(ECHO.length()) : body);
    return reading instanceof Reading.Found found && found.conclusion().answer().equals(gold)
        ? new Reading.Missing(
            Reason.NOT_CORRUPTED, "asked for a wrong response, the teacher answered '" + gold + "'")
        : reading;
  }

  private static Outcome outcome(Cot right, Result result) {
    if (result instanceof Result.Usable usable) {
      Side wrong =
          new Side(usable.conclusion().text(), usable.conclusion().answer(), usable.usage());
      return new Outcome.Paired(
          new DualCot(right.problem(), Rectification.side(right), wrong, Origin.CORRUPTED, null),
          Optional.empty());
    }
    return alone(right, ((Result.Failed) result).reason());
  }

  private static Outcome alone(Cot right, Reason reason) {
    return new Outcome.Paired(
        new DualCot(right.problem(), Rectification.side(right), null, Origin.CORRUPTED, null),
        Optional.of(reason));
  }
}
