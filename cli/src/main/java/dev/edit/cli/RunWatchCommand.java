package dev.edit.cli;

import dev.edit.cli.runs.RunJson;
import dev.edit.cli.runs.RunLines;
import dev.edit.cli.runs.RunStory;
import dev.edit.cli.runs.RunTopics;
import dev.edit.cli.terminal.ProgressBoard;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.RunEvent.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit run watch}. */
@Command(
    name = "watch",
    description = {
      "Follows a run until it ends.",
      "Ends with 0 when the run succeeds, and with 1 when it fails, is cancelled, or takes longer"
          + " than --timeout."
    },
    sortOptions = false)
final class RunWatchCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofMillis(500);

  @Mixin private RunOption option;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Gives up watching after so long; the run goes on (default: never).")
  private Integer timeout;

  @Override
  public Integer call() {
    OptionValue.atLeast("--timeout", timeout == null ? 1 : timeout, 1);
    Screen screen = Screen.standard();
    try (RunTopics topics = new RunTopics(option.bootstrapServers())) {
      RunStory story = option.find(topics);
      follow(topics, story, screen);
      option.json().also(RunJson.of(story));
      return story.state().filter(state -> state == State.SUCCEEDED).isPresent() ? 0 : 1;
    }
  }

  private void follow(RunTopics topics, RunStory story, Screen screen) {
    ProgressBoard board = screen.board();
    Instant deadline = timeout == null ? Instant.MAX : Instant.now().plusSeconds(timeout);
    String told = "";
    while (true) {
      String news = RunLines.news(story);
      if (!news.equals(told)) {
        board.settle();
        screen.out().println(news);
        told = news;
      }
      board.show(RunLines.bars(story));
      if (story.isOver()) {
        board.settle();
        return;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new CommandFailure("run %s has not ended within %d s".formatted(story.id(), timeout));
      }
      topics.follow(TICK);
    }
  }
}
