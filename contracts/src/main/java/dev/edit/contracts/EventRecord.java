package dev.edit.contracts;

/**
 * A value that travels on a topic; {@link #key()} is its Kafka key, and equal keys collapse under
 * compaction.
 */
public sealed interface EventRecord
    permits Problem, Cot, DualCot, KeySteps, Run, RunEvent, Checkpoint, Evaluation, DeadLetter {

  /** The Kafka record key. */
  String key();
}
