package dev.edit.student;

import java.util.Set;

/**
 * How prompts are continued.
 *
 * @param sampling how the next token is found
 * @param maxNewTokens most tokens of a continuation, positive
 * @param endTokens tokens that end a continuation
 * @param stop what else ends one
 * @param slots most rows at a time, positive; changes speed and memory, not the continuations
 * @param cacheBytes most memory of cached keys and values; fewer slots are used where they would
 *     take more, but never less than one
 */
public record DecodingSettings(
    Sampling sampling,
    int maxNewTokens,
    Set<Integer> endTokens,
    StopRule stop,
    int slots,
    long cacheBytes) {
  /** 2 GiB. */
  public static final long DEFAULT_CACHE_BYTES = 2L << 30;

  /** Checks the ranges; an error names the field. */
  public DecodingSettings {
    positive("maxNewTokens", maxNewTokens);
    positive("batchSize", slots);
    positive("cacheBytes", cacheBytes);
    endTokens = Set.copyOf(endTokens);
  }

  /** Until the student's own {@link StudentConfig#eosTokenIds}, in the default memory. */
  public static DecodingSettings of(
      Student student, Sampling sampling, int maxNewTokens, int slots) {
    Set<Integer> end = Set.copyOf(student.config().eosTokenIds());
    return new DecodingSettings(
        sampling, maxNewTokens, end, StopRule.NONE, slots, DEFAULT_CACHE_BYTES);
  }

  /** The same with other tokens that end a continuation. */
  public DecodingSettings withEndTokens(Set<Integer> tokens) {
    return new DecodingSettings(sampling, maxNewTokens, tokens, stop, slots, cacheBytes);
  }

  /** The same with a rule that ends continuations early. */
  public DecodingSettings withStop(StopRule rule) {
    return new DecodingSettings(sampling, maxNewTokens, endTokens, rule, slots, cacheBytes);
  }

  /** The same with at most so much memory for cached keys and values. */
  public DecodingSettings withCacheBytes(long bytes) {
    return new DecodingSettings(sampling, maxNewTokens, endTokens, stop, slots, bytes);
  }

  private static void positive(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " is " + value + ", expected a positive integer");
    }
  }
}
