package dev.edit.contracts;

import java.util.List;

/** The topics' names, in the order in which a problem visits them, and how each is kept. */
public final class Topics {
  public static final String PROBLEMS = "edit.problems";
  public static final String WRONG_COTS = "edit.cots.wrong";
  public static final String RIGHT_COTS = "edit.cots.right";
  public static final String DUAL_COTS = "edit.dual-cots";
  public static final String KEY_STEPS = "edit.key-steps";
  public static final String RUNS = "edit.runs";
  public static final String RUN_EVENTS = "edit.run-events";
  public static final String CHECKPOINTS = "edit.checkpoints";
  public static final String EVALUATIONS = "edit.evaluations";
  public static final String DEAD_LETTERS = "edit.dead-letters";

  private Topics() {}

  /** What Kafka does with old records: keep the newest of each key, or drop by age. */
  public enum Retention {
    COMPACT,
    DELETE
  }

  /** A topic, the record type of its values and its retention. */
  public record Topic(String name, Class<? extends EventRecord> type, Retention retention) {}

  /** Every topic of the pipeline. */
  public static final List<Topic> ALL =
      List.of(
          new Topic(PROBLEMS, Problem.class, Retention.COMPACT),
          new Topic(WRONG_COTS, Cot.class, Retention.DELETE),
          new Topic(RIGHT_COTS, Cot.class, Retention.DELETE),
          new Topic(DUAL_COTS, DualCot.class, Retention.COMPACT),
          new Topic(KEY_STEPS, KeySteps.class, Retention.COMPACT),
          new Topic(RUNS, Run.class, Retention.COMPACT),
          new Topic(RUN_EVENTS, RunEvent.class, Retention.DELETE),
          new Topic(CHECKPOINTS, Checkpoint.class, Retention.COMPACT),
          new Topic(EVALUATIONS, Evaluation.class, Retention.COMPACT),
          new Topic(DEAD_LETTERS, DeadLetter.class, Retention.DELETE));
}
