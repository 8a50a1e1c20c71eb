package dev.edit.contracts.recipe;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;

/**
 * Keeps of each stage the epoch that answers most held-out train problems; of two with the same
 * accuracy the earlier one. Held-out problems are in no stage's training data.
 *
 * @param heldOut the share of problems that is held out
 * @param maxProblems most problems that are decoded at the end of an epoch
 * @param maxNewTokens longest answer
 */
public record KeepBestSpec(double heldOut, int maxProblems, int maxNewTokens) {
  public KeepBestSpec {
    if (!(heldOut > 0 && heldOut < 1)) {
      throw new InvalidRecordException(
          "heldOut", heldOut, "a share between 0 and 1, both excluded");
    }
    Require.atLeast("maxProblems", maxProblems, 1);
    Require.atLeast("maxNewTokens", maxNewTokens, 1);
  }
}
