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
   * @param batchSize most prompts at a time, positive
   */
  public static List<int[]> decode(
      Student student,
      List<int[]> prompts,
      long[] seeds,
      Sampling sampling,
      int maxNewTokens,
      int batchSize) {
    DecodingSettings settings = DecodingSettings.of(student, sampling, maxNewTokens, batchSize);
    return ContinuousDecoder.decode(student, prompts, seeds, settings).stream()
        .map(Continuation::tokens)
        .toList();
  }
}
