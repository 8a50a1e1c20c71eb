package dev.edit.student;

import java.util.List;

/** What one training step learns from: rows of token ids and a loss over them. */
public sealed interface TrainingBatch permits TokenBatch, PreferenceBatch {

  /** Rows of token ids; they may differ in length. */
  List<int[]> tokens();

  /** One number per token; 0 where a token has no part in the loss, as a row's first has. */
  List<double[]> weights();

  /**
   * The batch in parts of about {@code rows} rows, in order. The loss was normalised over the whole
   * batch, so the parts' losses and gradients add up to those of the whole.
   */
  List<? extends TrainingBatch> split(int rows);

  /** Number of tokens in all rows. */
  default int tokenCount() {
    return tokens().stream().mapToInt(row -> row.length).sum();
  }
}
