package dev.edit.evaluator.domain.console;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;

/** How a record of edit.key-steps came about, as the console's filter names it. */
public enum PairOrigin {
  /** A wrong CoT that was rectified (D_dual-). */
  RECTIFIED,
  /** A right CoT that was corrupted (D_dual+). */
  CORRUPTED,
  /** A right CoT without a dual: good for SFT only. */
  ALONE;

  /** The origin of a record. */
  public static PairOrigin of(KeySteps record) {
    if (record.dual().isEmpty()) {
      return ALONE;
    }
    return record.origin() == DualCot.Origin.RECTIFIED ? RECTIFIED : CORRUPTED;
  }
}
