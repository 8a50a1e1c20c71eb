package dev.edit.generator.domain.teacher;

/**
 * How much work a teacher would take: who reads records ahead asks it, so that no more of them are
 * begun than will soon be asked about. Thread-safe.
 */
public interface Demand {
  /** Whether a further request would not wait long for its turn. */
  boolean wanted();

  /** Whether calls are out. */
  boolean busy();

  /** Lets no further call out; those that are out come back, those that wait wait for ever. */
  void stop();
}
