package dev.edit.student;

import java.util.List;

/**
 * Continues prompts with tokens that are drawn by {@link Sampling}. Every prompt has draws of its
 * own, from its own seed: a continuation does not depend on the prompts it shares a batch with.
 */
public final class SamplingDecoder {
  private SamplingDecoder() {}

  /**
   * Continuations in the order of {@code prompts}, ended as {@link GreedyDecoder#decode} ends them.
   *
   * @param seeds one per prompt; the same prompt and seed give the same continuation
   * @param maxNewTokens most tokens of a continuation, positive
   * @param batchSize prompts per native call, positive
   */
  public static List<int[]> decode(
      Student student,
      List<int[]> prompts,
      long[] seeds,
      Sampling sampling,
      int maxNewTokens,
      int batchSize) {
    long[] eos =
        student.config().eosTokenIds().stream().mapToLong(Integer::longValue).sorted().toArray();
    return new Continuations(student, prompts, maxNewTokens, eos, sampling)
        .seeded(seeds)
        .inBatches(batchSize);
  }
}
