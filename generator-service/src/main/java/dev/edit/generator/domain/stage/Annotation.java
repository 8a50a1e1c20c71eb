package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.Cot.Verdict;
import dev.edit.contracts.Problem;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.stage.Attempts.Result;
import dev.edit.prompts.PromptPack;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has the teacher reason about a train problem (CEP); right and wrong are both kept. */
public final class Annotation implements Stage<Problem> {
  private final TaskLookup tasks;
  private final PromptBuilder prompts;
  private final Attempts attempts;

  public Annotation(PromptPack pack, PromptBuilder prompts, Attempts attempts) {
    this.tasks = new TaskLookup(pack);
    this.prompts = prompts;
    this.attempts = attempts;
  }

  @Override
  public CompletionStage<Outcome> of(Problem problem) {
    if (problem.split() == Problem.Split.TEST) {
      return CompletableFuture.completedStage(new Outcome.Skipped());
    }
    return tasks.with(
        problem,
        task ->
            attempts
                .until(prompts.cep(task, problem.question()), Conclusion::read)
                .thenApply(result -> outcome(problem, result)));
  }

  private static Outcome outcome(Problem problem, Result<Conclusion> result) {
    if (result instanceof Result.Usable<Conclusion> usable) {
      String answer = usable.value().answer();
      Verdict verdict = answer.equals(problem.answer()) ? Verdict.RIGHT : Verdict.WRONG;
      return new Outcome.Annotated(
          new Cot(
              problem, usable.value().text(), answer, verdict, usable.usage(), usable.attempt()));
    }
    return ((Result.Failed<Conclusion>) result).givenUp(problem.id());
  }
}
