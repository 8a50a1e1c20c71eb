package dev.edit.student;

import java.util.List;
import java.util.Set;

/**
 * Continues prompts with the most probable token at every place, by the {@link ContinuousDecoder}.
 */
public final class GreedyDecoder {
  private GreedyDecoder() {}

  /** Decodes until the student's own {@link StudentConfig#eosTokenIds}. */
  public static List<int[]> decode(
      Student student, List<int[]> prompts, int maxNewTokens, int batchSize) {
    return decode(
        student, prompts, maxNewTokens, Set.copyOf(student.config().eosTokenIds()), batchSize);
  }

  /**
   * Continuations in the order of {@code prompts}. One that ended by itself has the token of {@code
   * eosIds} as its last; otherwise it was cut at {@code maxNewTokens} or at the student's last
   * position. Prompts of like length share a batch.
   *
   * @param prompts token ids, each at least one and fewer than max_position_embeddings
   * @param maxNewTokens most tokens of a continuation, positive
   * @param eosIds tokens that end a continuation
   * @param batchSize most prompts at a time, positive
   * @throws IllegalArgumentException names the prompt's index and what was expected
   */
  public static List<int[]> decode(
      Student student, List<int[]> prompts, int maxNewTokens, Set<Integer> eosIds, int batchSize) {
    DecodingSettings settings =
        DecodingSettings.of(student, Sampling.GREEDY, maxNewTokens, batchSize)
            .withEndTokens(eosIds);
    return ContinuousDecoder.decode(student, prompts, new long[prompts.size()], settings).stream()
        .map(Continuation::tokens)
        .toList();
  }
}
