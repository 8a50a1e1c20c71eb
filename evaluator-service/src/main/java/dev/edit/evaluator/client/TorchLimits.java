package dev.edit.evaluator.client;

/**
 * What bounds a student that answers in this process.
 *
 * @param maxNewTokens longest response in tokens
 * @param batchSize prompts decoded at once
 * @param cacheBytes most memory of cached keys and values
 * @param stopAtAnswer whether a response ends with the line of its final answer
 */
public record TorchLimits(int maxNewTokens, int batchSize, long cacheBytes, boolean stopAtAnswer) {
  public TorchLimits {
    atLeastOne("edit.evaluator.max-new-tokens", maxNewTokens);
    atLeastOne("edit.evaluator.batch-size", batchSize);
    atLeastOne("edit.evaluator.cache-memory", cacheBytes);
  }

  private static void atLeastOne(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": expected at least 1, got " + value);
    }
  }
}
