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
import dev.edit.prompts.Exemplar;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.TaskPrompts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lures the teacher, by pairs of its own (CCP), into a wrong counterpart of a right chain of
 * thought: the same path to another answer that the question allows. The right one is paid for and
 * sound: without a counterpart it goes on alone, for SFT.
 */
public final class Corruption implements Stage<Cot> {
  private static final String ECHO = "Wrong Response:";

  private final TaskLookup tasks;
  private final PromptBuilder prompts;
  private final Attempts attempts;
  private final Exemplars exemplars;
  private final Path path;
  private final MistakeMining mining;

  public Corruption(
      PromptPack pack,
      PromptBuilder prompts,
      Attempts attempts,
      Exemplars exemplars,
      PathBounds bounds,
      MistakeMining mining) {
    this.tasks = new TaskLookup(pack);
    this.prompts = prompts;
    this.attempts = attempts;
    this.exemplars = exemplars;
    this.path = new Path(bounds);
    this.mining = mining;
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
    AnswerSpace answers = AnswerSpace.of(problem.question(), problem.answer());
    return attempts
        .until(
            prompts.ccp(task, pairs, problem.question(), right.text()),
            text -> path.follows(right.text(), wrongIn(text, answers)))
        .thenApply(result -> outcome(right, result))
        .thenCompose(mining::mine);
  }

  private static Reading<Conclusion> wrongIn(String text, AnswerSpace answers) {
    String body = text.strip();
    Reading<Conclusion> reading =
        Conclusion.read(body.startsWith(ECHO) ? body.substring(ECHO.length()) : body);
    if (!(reading instanceof Reading.Found<Conclusion> found)) {
      return reading;
    }
    String answer = found.value().answer();
    if (answers.isGold(answer)) {
      return new Reading.Missing<>(
          Reason.NOT_CORRUPTED,
          "asked for a wrong response, the teacher gave the right answer '" + answer + "'");
    }
    return answers.allows(answer)
        ? reading
        : new Reading.Missing<>(
            Reason.NOT_A_VALID_ANSWER,
            "wrong answer: expected %s, was '%s'".formatted(answers.expected(), answer));
  }

  private static Outcome outcome(Cot right, Result<Conclusion> result) {
    if (result instanceof Result.Usable<Conclusion> usable) {
      Side wrong = new Side(usable.value().text(), usable.value().answer(), usable.usage());
      return new Outcome.Paired(
          new DualCot(right.problem(), Rectification.side(right), wrong, Origin.CORRUPTED, null),
          Optional.empty());
    }
    return alone(right, ((Result.Failed<Conclusion>) result).reason());
  }

  private static Outcome alone(Cot right, Reason reason) {
    return new Outcome.Paired(
        new DualCot(right.problem(), Rectification.side(right), null, Origin.CORRUPTED, null),
        Optional.of(reason));
  }
}
