package dev.edit.trainer.domain;

import dev.edit.contracts.Require;
import java.time.Duration;

/**
 * When a run's state is saved so that a later worker can go on from it: after every so many steps,
 * after so much time, and at the end of each stage.
 *
 * @param everySteps steps between two saves; 0 does not count steps
 * @param every time between two saves; zero does not look at the clock
 * @param kept how many of the newest saves are kept, at least 1
 */
public record SavePolicy(int everySteps, Duration every, int kept) {
  /** Every five minutes; two kept, so that one stays valid while the next is written. */
  public static final SavePolicy DEFAULT = new SavePolicy(0, Duration.ofMinutes(5), 2);

  public SavePolicy {
    Require.atLeast("save-every-steps", everySteps, 0);
    Require.present("save-every", every);
    Require.atLeast("save-every", every.toMillis(), 0L);
    Require.atLeast("saves-kept", kept, 1);
  }

  /** Whether any state is saved at all. */
  boolean enabled() {
    return everySteps > 0 || !every.isZero();
  }
}
