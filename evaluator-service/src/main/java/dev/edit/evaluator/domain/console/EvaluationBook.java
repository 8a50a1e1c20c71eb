package dev.edit.evaluator.domain.console;

import dev.edit.contracts.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The newest evaluation of each key; of more than {@code most} the oldest go. Thread-safe. */
public final class EvaluationBook {
  private final Map<String, Evaluation> evaluations;

  /**
   * @param most evaluations that are kept
   */
  public EvaluationBook(int most) {
    this.evaluations = new NewestEntries<>(most);
  }

  public synchronized void put(Evaluation evaluation) {
    evaluations.put(evaluation.key(), evaluation);
  }

  public synchronized void remove(String key) {
    evaluations.remove(key);
  }

  /** All evaluations, in the order in which their keys first came. */
  public synchronized List<Evaluation> all() {
    return new ArrayList<>(evaluations.values());
  }
}
