package dev.edit.generator.domain.dual;

import dev.edit.contracts.Require;

/**
 * How similar a chain of thought must be to the one whose path it follows; docs/dual-cots.md has
 * the measurements behind the defaults.
 *
 * @param least in [0, 1]
 * @param most from {@code least} to 1
 */
public record PathBounds(double least, double most) {
  public PathBounds {
    Require.within("least", least, 0, 1);
    Require.within("most", most, least, 1);
  }

  /** Whether a similarity lies within, bounds included. */
  public boolean hold(double similarity) {
    return similarity >= least && similarity <= most;
  }
}
