package dev.edit.generator.domain.stage;

import dev.edit.contracts.Problem;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptPackException;
import dev.edit.prompts.TaskPrompts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Finds a problem's prompts, or says why there are none. */
final class TaskLookup {
  private final PromptPack pack;

  TaskLookup(PromptPack pack) {
    this.pack = pack;
  }

  CompletionStage<Outcome> with(
      Problem problem, Function<TaskPrompts, CompletionStage<Outcome>> work) {
    Optional<TaskPrompts> task;
    try {
      task = pack.task(problem.task());
    } catch (PromptPackException e) {
      return givenUp(problem, Reason.INVALID_PROMPT_FILE, e.getMessage());
    }
    return task.map(work)
        .orElseGet(
            () ->
                givenUp(
                    problem,
                    Reason.NO_PROMPT_FOR_TASK,
                    "the prompt pack has no file cot-prompts/" + problem.task() + ".txt"));
  }

  private static CompletionStage<Outcome> givenUp(Problem problem, Reason reason, String message) {
    return CompletableFuture.completedStage(new Outcome.GivenUp(problem.id(), reason, message, 0));
  }
}
