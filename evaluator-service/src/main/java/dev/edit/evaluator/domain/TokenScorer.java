package dev.edit.evaluator.domain;

import java.util.List;

/** Says how likely a student finds tokens. */
public interface TokenScorer {

  /**
   * log p(row[t] | row[0..t-1]) in nats for every token but a row's first, whose place holds NaN.
   *
   * @param rows token ids, at most {@link #longest} a row
   */
  double[][] logProbabilities(List<int[]> rows);

  /** Most tokens in a row. */
  int longest();
}
