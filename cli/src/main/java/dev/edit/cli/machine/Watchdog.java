package dev.edit.cli.machine;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.pipeline.Arrivals;
import dev.edit.cli.process.LogTail;
import dev.edit.cli.process.ServiceGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Notices that waiting is in vain: a process ended, or nothing moves. */
public final class Watchdog {
  /** Without any new record for so long, a stage counts as stalled. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final ServiceGroup services;
  private final Arrivals arrivals;
  private final Clock clock;

  public Watchdog(ServiceGroup services, Arrivals arrivals, Clock clock) {
    this.services = services;
    this.arrivals = arrivals;
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
  public void check(String stage, Instant since, String service) {
    if (stalled(since)) {
      throw new CommandFailure(LogTail.explain(message(stage), services.named(service).log()));
    }
  }

  /** The same for a stage that depends on no service. */
  public void check(String stage, Instant since) {
    if (stalled(since)) {
      throw new CommandFailure(message(stage));
    }
  }

  private boolean stalled(Instant since) {
    arrivals.requireReadable();
    services.requireAlive();
    Instant moved = arrivals.changedAt().isAfter(since) ? arrivals.changedAt() : since;
    return Duration.between(moved, clock.instant()).compareTo(PATIENCE) > 0;
  }

  private static String message(String stage) {
    return "stalled: nothing new on the topics for %d minutes while waiting for %s"
        .formatted(PATIENCE.toMinutes(), stage);
  }
}
