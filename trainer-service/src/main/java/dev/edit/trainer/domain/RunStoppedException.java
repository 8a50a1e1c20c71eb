package dev.edit.trainer.domain;

/** The worker was asked to end; the run has not come to its end and goes on when started again. */
public final class RunStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunStoppedException() {
    super("the worker was asked to end");
  }
}
