package dev.edit.artifacts;

import java.io.IOException;

/** A store refuses or does not answer: that says nothing about the artifact, which is named. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * @param passing whether the same may succeed later, as where the store is away, and not where it
   *     knows no such bucket or key
   */
  public StoreException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Whether the same may succeed later. */
  public boolean passing() {
    return passing;
  }
}
