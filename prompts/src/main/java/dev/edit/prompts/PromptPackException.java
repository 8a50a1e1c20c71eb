package dev.edit.prompts;

/** A prompt pack's file cannot be read; the message names the file and what was expected. */
public final class PromptPackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PromptPackException(String message) {
    super(message);
  }

  public PromptPackException(String message, Throwable cause) {
    super(message, cause);
  }
}
