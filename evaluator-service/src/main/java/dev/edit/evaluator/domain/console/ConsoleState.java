package dev.edit.evaluator.domain.console;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;

/**
 * All that the console shows, fed record by record in the order of the log.
 *
 * @param totals counts per stage
 * @param pairs the dual chains of thought
 * @param runs the runs
 * @param evaluations the evaluations
 * @param deadLetters the dead letters
 */
public record ConsoleState(
    StageTotals totals,
    PairIndex pairs,
    RunBook runs,
    EvaluationBook evaluations,
    DeadLetterBook deadLetters) {

  /** An empty state with its bounds. */
  public static ConsoleState empty(int mostPairs, int mostRuns, int mostDeadLetters) {
    return new ConsoleState(
        new StageTotals(),
        new PairIndex(mostPairs),
        new RunBook(mostRuns),
        new EvaluationBook(10 * mostRuns),
        new DeadLetterBook(mostDeadLetters));
  }

  /** Takes a record that lies at {@code place} of its topic. */
  public void put(LogPlace place, EventRecord record) {
    if (record instanceof Problem problem) {
      totals.put(problem);
    } else if (record instanceof Cot cot) {
      totals.put(cot);
    } else if (record instanceof DualCot dual) {
      totals.put(dual);
    } else if (record instanceof KeySteps steps) {
      totals.put(steps);
      pairs.put(place, steps);
    } else if (record instanceof Run run) {
      runs.put(run);
    } else if (record instanceof RunEvent event) {
      runs.put(event);
    } else if (record instanceof Checkpoint checkpoint) {
      runs.put(checkpoint);
    } else if (record instanceof Evaluation evaluation) {
      evaluations.put(evaluation);
    } else if (record instanceof DeadLetter letter) {
      deadLetters.put(place, letter);
    } else {
      throw new IllegalArgumentException("not of a topic: " + record.getClass().getName());
    }
  }

  /** Takes a tombstone: the key's record is no more. */
  public void remove(String topic, String key) {
    switch (topic) {
      case Topics.KEY_STEPS -> pairs.remove(key);
      case Topics.RUNS -> runs.remove(key);
      case Topics.EVALUATIONS -> evaluations.remove(key);
      default -> {
        // The other topics' records are only counted, and what was counted has happened.
      }
    }
  }
}
