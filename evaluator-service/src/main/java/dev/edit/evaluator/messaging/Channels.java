package dev.edit.evaluator.messaging;

/** The channels' names, as application.properties spells them. */
final class Channels {
  static final String CHECKPOINTS = "checkpoints";
  static final String RESULTS = "results";

  private Channels() {}
}
