package dev.edit.artifacts;

import java.io.IOException;

/** An artifact is missing, incomplete or damaged; the message names it and the file. */
public final class ArtifactException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with which artifact or file. */
  public ArtifactException(String message) {
    super(message);
  }

  /** The same, with what led to it. */
  public ArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
