package dev.edit.cli.runs;

import dev.edit.cli.CommandFailure;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import dev.edit.contracts.RunEvent.State;
import java.util.Locale;
import java.util.Optional;

/** Which record asks for what, given where a run stands. */
public final class RunOrders {
  private RunOrders() {}

  /**
   * A run that is new, or the very one that is there.
   *
   * @throws CommandFailure where another run has the id
   */
  public static Run create(Run wanted, Optional<RunStory> story) {
    Run there = story.flatMap(RunStory::run).orElse(null);
    if (there != null && !there.withOrder(null).equals(wanted.withOrder(null))) {
      throw new CommandFailure(
          "run %s exists with other settings; choose another --id".formatted(wanted.id()));
    }
    return there == null ? wanted : there;
  }

  /**
   * The record that cancels a run.
   *
   * @throws CommandFailure where it has ended
   */
  public static Run cancel(RunStory story) {
    Run run = require(story);
    if (story.isOver()) {
      throw new CommandFailure("run %s has ended: %s".formatted(story.id(), ended(story)));
    }
    return run.withOrder(new Order(run.epoch(), Desired.CANCELLED));
  }

  /**
   * The record that asks for another attempt at a run.
   *
   * @throws CommandFailure where it has succeeded, or is still being tried
   */
  public static Run retry(RunStory story) {
    Run run = require(story);
    if (!story.isOver()) {
      throw new CommandFailure("run %s has not ended; cancel it first".formatted(story.id()));
    }
    if (story.state().filter(state -> state == State.SUCCEEDED).isPresent()) {
      throw new CommandFailure(
          "run %s has succeeded; create another one to train again".formatted(story.id()));
    }
    int next = Math.max(run.epoch(), story.attempt()) + 1;
    return run.withOrder(new Order(next, Desired.TRAINED));
  }

  private static Run require(RunStory story) {
    return story
        .run()
        .orElseThrow(() -> new CommandFailure("run %s is not on edit.runs".formatted(story.id())));
  }

  private static String ended(RunStory story) {
    return story.state().map(state -> state.name().toLowerCase(Locale.ROOT)).orElse("unknown");
  }
}
