package dev.edit.trainer.messaging;

/** The channels' names, as application.properties spells them. */
final class Channels {
  static final String RUNS = "runs";
  static final String RUN_EVENTS = "run-events";
  static final String ADMISSIONS = "admissions";
  static final String REPORTS = "reports";

  private Channels() {}
}
