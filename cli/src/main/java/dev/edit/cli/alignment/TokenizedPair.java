package dev.edit.cli.alignment;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A pair as token ids.
 *
 * @param id what the line calls it
 * @param right prompt and right response
 * @param wrong prompt and wrong response
 * @param promptLength tokens of the prompt that stands before both
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record TokenizedPair(JsonNode id, int[] right, int[] wrong, int promptLength) {

  /** A pair whose sides follow the same prompt. */
  static TokenizedPair after(int[] prompt, JsonNode id, int[] right, int[] wrong) {
    return new TokenizedPair(id, joined(prompt, right), joined(prompt, wrong), prompt.length);
  }

  private static int[] joined(int[] prompt, int[] response) {
    int[] sequence = java.util.Arrays.copyOf(prompt, prompt.length + response.length);
    System.arraycopy(response, 0, sequence, prompt.length, response.length);
    return sequence;
  }
}
