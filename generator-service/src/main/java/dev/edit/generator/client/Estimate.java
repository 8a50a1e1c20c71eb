package dev.edit.generator.client;

/**
 * What a request will take, as far as one can tell before it is answered.
 *
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 */
record Estimate(long promptTokens, long completionTokens) {
  long tokens() {
    return promptTokens + completionTokens;
  }
}
