package dev.edit.cli.bench.pipeline;

import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.terminal.ProgressBoard;
import dev.edit.cli.terminal.StageProgress;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Problems on their way through whatever works on the topics; for one thread. */
final class BenchStream {
  private static final long SHOW_MILLIS = 500;
  private static final long PACE_MILLIS = 50;

  private final String name;
  private final RecordPublisher publisher;
  private final RecordTape tape;
  private final ProgressBoard board;
  private final Consumer<Instant> watchdog;
  private final Clock clock;
  private int published;

  /**
   * @param name for the progress board
   * @param watchdog is given the time since which is waited, and throws where that is in vain
   */
  BenchStream(
      String name,
      RecordPublisher publisher,
      RecordTape tape,
      ProgressBoard board,
      Consumer<Instant> watchdog,
      Clock clock) {
    this.name = name;
    this.publisher = publisher;
    this.tape = tape;
    this.board = board;
    this.watchdog = watchdog;
    this.clock = clock;
  }

  /** Publishes a batch at once and waits until all of it has ended. */
  void atOnce(String batch, List<Problem> problems) throws InterruptedException {
    publish(problems);
    await(batch, problems.size());
  }

  /** Publishes a batch at a steady pace and waits until all of it has ended. */
  void paced(String batch, List<Problem> problems, double perSecond) throws InterruptedException {
    int before = published;
    long start = System.nanoTime();
    while (published - before < problems.size()) {
      double seconds = (System.nanoTime() - start) / 1e9;
      int due = Math.min(problems.size(), (int) (seconds * perSecond) + 1);
      publish(problems.subList(published - before, due));
      tape.awaitEnded(before + problems.size(), PACE_MILLIS);
    }
    await(batch, problems.size());
  }

  private void publish(List<Problem> problems) throws InterruptedException {
    publisher.publish(Topics.PROBLEMS, Problem.class, problems);
    published += problems.size();
  }

  private void await(String batch, int size) throws InterruptedException {
    Instant since = clock.instant();
    while (true) {
      int left = published - tape.ended();
      board.show(
          List.of(new StageProgress(name + ", " + batch, size - left, size, "problems", "")));
      if (left == 0) {
        board.settle();
        return;
      }
      watchdog.accept(since);
      tape.awaitEnded(published, SHOW_MILLIS);
    }
  }
}
