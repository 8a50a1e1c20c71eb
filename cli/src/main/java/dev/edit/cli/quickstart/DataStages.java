package dev.edit.cli.quickstart;

import dev.edit.cli.machine.LocalServices;
import dev.edit.cli.machine.Watchdog;
import dev.edit.cli.pipeline.DataCounts;
import dev.edit.cli.pipeline.StreamLog;
import dev.edit.cli.terminal.ProgressBoard;
import dev.edit.cli.terminal.StageProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** From problems to key-step records: shows and waits until every problem has ended. */
final class DataStages {
  private static final long TICK_MILLIS = 500;

  private final StreamLog log;
  private final ProgressBoard board;
  private final Watchdog watchdog;
  private final Clock clock;

  DataStages(StreamLog log, ProgressBoard board, Watchdog watchdog, Clock clock) {
    this.log = log;
    this.board = board;
    this.watchdog = watchdog;
    this.clock = clock;
  }

  /** Returns when accepted + dead-lettered = published. */
  void await() throws InterruptedException {
    Instant since = clock.instant();
    while (true) {
      long seen = log.arrivals().version();
      DataCounts counts = log.counts();
      board.show(progress(counts));
      if (log.accounting().isComplete()) {
        board.settle();
        return;
      }
      watchdog.check("problems to become key-step records", since, laggard(counts));
      log.arrivals().awaitChange(seen, TICK_MILLIS);
    }
  }

  /** The three data stages of some counts. */
  static List<StageProgress> progress(DataCounts counts) {
    int judged = counts.right() + counts.wrong();
    return List.of(
        new StageProgress(
            "annotate",
            counts.annotated(),
            counts.published(),
            "CoTs",
            judged == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    "%d right, %d wrong (%.1f %%)",
                    counts.right(),
                    counts.wrong(),
                    100.0 * counts.wrong() / judged)),
        new StageProgress(
            "rectify, corrupt",
            counts.paired(),
            counts.published(),
            "dual CoTs",
            counts.alone() == 0 ? "" : counts.alone() + " alone"),
        new StageProgress(
            "align",
            counts.ended(),
            counts.published(),
            "key-step records",
            counts.dead() == 0 ? "" : counts.dead() + " dead letters"));
  }

  private static String laggard(DataCounts counts) {
    return counts.paired() < counts.published() ? LocalServices.GENERATOR : LocalServices.ALIGNER;
  }
}
