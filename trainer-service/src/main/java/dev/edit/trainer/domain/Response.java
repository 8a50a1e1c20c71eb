package dev.edit.trainer.domain;

import java.util.Arrays;

/**
 * What a student is to write after a prompt, in tokens.
 *
 * @param prompt P token ids
 * @param ids T token ids of the response, the last one EOS
 * @param marks T marks: in a pair its key tokens, otherwise the tokens that carry loss
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public record Response(int[] prompt, int[] ids, boolean[] marks) {
  public Response {
    if (prompt.length == 0 || ids.length == 0 || ids.length != marks.length) {
      throw new IllegalArgumentException(
          "response: expected a prompt and one mark a token, got %d prompt tokens, %d tokens, %d marks"
              .formatted(prompt.length, ids.length, marks.length));
    }
  }

  /** A response whose every token carries loss. */
  static Response whole(int[] prompt, int[] ids) {
    boolean[] marks = new boolean[ids.length];
    Arrays.fill(marks, true);
    return new Response(prompt, ids, marks);
  }

  /** Whether every token is marked. */
  public boolean allMarked() {
    for (boolean mark : marks) {
      if (!mark) {
        return false;
      }
    }
    return true;
  }

  /** Tokens of prompt and response. */
  public int length() {
    return prompt.length + ids.length;
  }
}
