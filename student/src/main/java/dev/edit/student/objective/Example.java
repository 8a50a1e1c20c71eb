package dev.edit.student.objective;

/**
 * A prompt and the response to learn, as token ids.
 *
 * @param prompt at least one token; carries no loss
 * @param response at least one token; ends with the token that ends a text
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public record Example(int[] prompt, int[] response) {

  /** Checks that neither side is empty. */
  public Example {
    notEmpty("prompt", prompt);
    notEmpty("response", response);
  }

  /** The prompt followed by the response. */
  int[] tokens() {
    int[] tokens = java.util.Arrays.copyOf(prompt, prompt.length + response.length);
    System.arraycopy(response, 0, tokens, prompt.length, response.length);
    return tokens;
  }

  static void notEmpty(String field, int[] tokens) {
    if (tokens.length == 0) {
      throw new IllegalArgumentException(field + " has no tokens, expected at least one");
    }
  }
}
