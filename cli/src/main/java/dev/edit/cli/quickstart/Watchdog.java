package dev.edit.cli.quickstart;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.pipeline.StreamLog;
import dev.edit.cli.process.LogTail;
import dev.edit.cli.process.ServiceGroup;
import dev.edit.cli.process.ServiceProcess;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Notices that waiting is in vain: a process ended, nothing moves, an order was refused. */
final class Watchdog {
  private static final Set<String> ORDERS = Set.of(Topics.RUNS, Topics.CHECKPOINTS);

  private final ServiceGroup services;
  private final StreamLog log;
  private final Duration patience;
  private final Clock clock;

  Watchdog(ServiceGroup services, StreamLog log, Duration patience, Clock clock) {
    this.services = services;
    this.log = log;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Checks that waiting makes sense.
   *
   * @param stage what is waited for, for the message
   * @param since when the stage began
   * @param service the name of the service that the stage depends on
   * @throws RuntimeException with a message for people where it does not
   */
  void check(String stage, Instant since, String service) {
    log.requireReadable();
    services.requireAlive();
    for (DeadLetter letter : log.deadLetters()) {
      if (ORDERS.contains(letter.pointer().topic())) {
        throw new CommandFailure(
            "%s refused a record of %s: %s (%s)"
                .formatted(
                    letter.stage(), letter.pointer().topic(), letter.message(), letter.reason()));
      }
    }
    Instant moved = log.changedAt().isAfter(since) ? log.changedAt() : since;
    if (Duration.between(moved, clock.instant()).compareTo(patience) > 0) {
      throw new CommandFailure(
          LogTail.explain(
              "stalled: nothing new on the topics for %d minutes while waiting for %s"
                  .formatted(patience.toMinutes(), stage),
              logOf(service)));
    }
  }

  private java.nio.file.Path logOf(String service) {
    return services.services().stream()
        .filter(running -> running.name().equals(service))
        .map(ServiceProcess::log)
        .findFirst()
        .orElseThrow();
  }
}
