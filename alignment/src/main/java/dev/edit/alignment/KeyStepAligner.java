package dev.edit.alignment;

/**
 * Finds the key tokens of dual pairs by one {@link AlignmentRule}.
 *
 * <p>An instance may own work tables that it reuses from pair to pair, so it is for one thread at a
 * time; instances are independent of each other and the same pair always gives the same masks.
 */
public interface KeyStepAligner {

  /**
   * The key tokens of a pair.
   *
   * @param right token ids of prompt + right chain of thought + EOS; not modified, not kept
   * @param wrong token ids of prompt + wrong chain of thought + EOS; not modified, not kept
   * @param promptLength number of leading tokens that are the prompt both sequences share; they are
   *     never key and do not count in the shares
   * @throws IllegalArgumentException if {@code promptLength} is negative or longer than a sequence,
   *     if the two sequences differ inside the prompt, or if the rule cannot hold a sequence of
   *     this length
   */
  KeyMasks align(int[] right, int[] wrong, int promptLength);

  /** The key tokens of a pair whose sequences carry no prompt. */
  default KeyMasks align(int[] right, int[] wrong) {
    return align(right, wrong, 0);
  }
}
