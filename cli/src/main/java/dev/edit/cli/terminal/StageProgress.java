package dev.edit.cli.terminal;

/**
 * How far a stage is.
 *
 * @param label the stage's name, unique on a board
 * @param done how much is done
 * @param total how much there is
 * @param unit what is counted, such as {@code steps}
 * @param detail more figures; may be empty
 */
public record StageProgress(String label, long done, long total, String unit, String detail) {
  public StageProgress {
    if (total < 0 || done < 0) {
      throw new IllegalArgumentException(
          "%s: expected counts of at least 0, got %d of %d".formatted(label, done, total));
    }
    done = Math.min(done, total);
  }

  /** Whether all is done. */
  public boolean isComplete() {
    return done == total;
  }

  /** The share that is done, in [0, 1]; 1 where there is nothing to do. */
  public double share() {
    return total == 0 ? 1 : (double) done / total;
  }
}
