package dev.edit.cli.runs;

import dev.edit.cli.terminal.StageProgress;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run in lines of text. */
public final class RunLines {
  private static final int LONGEST_MESSAGE = 70;

  private RunLines() {}

  /** The head of {@link #row}. */
  public static String head() {
    return row("RUN", "RECIPE", "TRY", "STATE", "PROGRESS", "ACCURACY", "MESSAGE");
  }

  /** A run in one line. */
  public static String row(RunStory story) {
    String message = story.message().orElse("");
    return row(
        story.id(),
        story.run().map(run -> run.recipe().recipeName()).orElse("-"),
        Integer.toString(Math.max(1, story.attempt())),
        state(story),
        percent(story),
        accuracy(story),
        message.length() > LONGEST_MESSAGE
            ? message.substring(0, LONGEST_MESSAGE - 1) + "…"
            : message);
  }

  /** All that is known of a run. */
  public static List<String> details(RunStory story) {
    List<String> lines = new ArrayList<>();
    lines.add("run         " + story.id());
    story.run().ifPresent(run -> lines.add("recipe      " + run.recipe().recipeName()));
    story.run().ifPresent(run -> lines.add("student     " + run.student()));
    story.run().ifPresent(run -> lines.add("seed        " + run.seed()));
    story.run().ifPresent(run -> lines.add("dataset     " + run.dataset()));
    lines.add("attempt     " + Math.max(1, story.attempt()));
    lines.add("state       " + state(story));
    story.since().ifPresent(since -> lines.add("since       " + since));
    story.message().ifPresent(message -> lines.add("message     " + message));
    for (RunEvent event : story.progress()) {
      lines.add("stage       " + stage(event));
    }
    for (Checkpoint checkpoint : story.checkpoints()) {
      lines.add(
          "checkpoint  %s, step %d: %s (sha256 %s)"
              .formatted(
                  checkpoint.stage(), checkpoint.step(), checkpoint.uri(), checkpoint.sha256()));
    }
    for (Evaluation evaluation : story.evaluations()) {
      lines.add("evaluation  " + evaluation(evaluation));
    }
    return lines;
  }

  /** A bar for each stage that has told of itself. */
  public static List<StageProgress> bars(RunStory story) {
    List<StageProgress> bars = new ArrayList<>();
    for (RunEvent event : story.progress()) {
      Progress progress = event.progress();
      bars.add(
          new StageProgress(
              story.id() + " " + event.stage(),
              progress.step(),
              progress.steps(),
              "steps",
              figures(progress)));
    }
    return bars;
  }

  /** What stands in place of a message: what the state is and why. */
  public static String news(RunStory story) {
    return story.id() + " " + state(story) + story.message().map(text -> ": " + text).orElse("");
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-28s %-14s %3s %-10s %9s %9s  %s", (Object[]) cells)
        .stripTrailing();
  }

  private static String state(RunStory story) {
    boolean wantsCancel = story.run().filter(run -> run.wantsCancel()).isPresent();
    if (wantsCancel && !story.isOver()) {
      return "cancelling";
    }
    return story.state().map(State::name).map(name -> name.toLowerCase(Locale.ROOT)).orElse("new");
  }

  private static String percent(RunStory story) {
    if (story.state().filter(state -> state == State.SUCCEEDED).isPresent()) {
      return "100 %";
    }
    List<RunEvent> progress = story.progress();
    if (progress.isEmpty()) {
      return "-";
    }
    RunEvent latest = progress.get(progress.size() - 1);
    Progress figures = latest.progress();
    return String.format(
        Locale.ROOT,
        "%s %.0f %%",
        latest.stage(),
        100.0 * figures.step() / Math.max(1, figures.steps()));
  }

  private static String accuracy(RunStory story) {
    return story.evaluations().stream()
        .findFirst()
        .map(e -> String.format(Locale.ROOT, "%.2f %%", 100 * e.overall().accuracy()))
        .orElse("-");
  }

  private static String stage(RunEvent event) {
    Progress progress = event.progress();
    return "%s %d/%d %s"
        .formatted(event.stage(), progress.step(), progress.steps(), figures(progress));
  }

  private static String figures(Progress progress) {
    String eta =
        progress.etaSeconds() == null || progress.step() == progress.steps()
            ? ""
            : ", run ends in " + duration(progress.etaSeconds());
    return String.format(
            Locale.ROOT, "loss %.3f, %.0f tokens/s", progress.loss(), progress.tokensPerSecond())
        + eta;
  }

  private static String duration(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return left.toHours() > 0
        ? "%d h %02d min".formatted(left.toHours(), left.toMinutesPart())
        : "%d min %02d s".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private static String evaluation(Evaluation evaluation) {
    return String.format(
        Locale.ROOT,
        "%s %.2f %% ± %.2f, n=%d",
        evaluation.label(),
        100 * evaluation.overall().accuracy(),
        100 * evaluation.overall().stderr(),
        evaluation.overall().n());
  }
}
