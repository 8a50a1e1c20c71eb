package dev.edit.aligner.domain;

import dev.edit.alignment.KeySpans;
import dev.edit.contracts.KeySteps;
import dev.edit.tokenizer.Encoding;
import java.util.Arrays;

/**
 * A chain of thought on the student's tokens, EOS at its end.
 *
 * <p>T is the number of tokens, EOS included.
 */
final class Response {
  private final String text;
  private final Encoding encoding;

  /** Token ids, T long; the last one is EOS. */
  private final int[] ids;

  Response(String text, Encoding encoding, int eosId) {
    this.text = text;
    this.encoding = encoding;
    this.ids = Arrays.copyOf(encoding.ids(), encoding.length() + 1);
    this.ids[encoding.length()] = eosId;
  }

  int length() {
    return ids.length;
  }

  boolean sameTokens(Response other) {
    return Arrays.equals(ids, other.ids);
  }

  /** Token ids of prompt and response. */
  int[] after(int[] promptIds) {
    int[] sequence = Arrays.copyOf(promptIds, promptIds.length + ids.length);
    System.arraycopy(ids, 0, sequence, promptIds.length, ids.length);
    return sequence;
  }

  /** This response without key tokens. */
  KeySteps.Side withoutKeys() {
    return new KeySteps.Side(text, ids, new int[0][], new int[0][]);
  }

  /**
   * This response with its key tokens.
   *
   * <p>A span's characters reach from the start of its first token to the end of its last; EOS
   * stands for no character, at the end of the text. Tokens that share one character (bytes of a
   * byte-level vocabulary) give it to the first span that holds one of them, so ranges never
   * overlap.
   *
   * @param spans spans of the sequence of prompt and response
   * @param promptLength tokens of the prompt in front
   */
  KeySteps.Side withKeys(KeySpans spans, int promptLength) {
    int[][] tokens = new int[spans.spanCount()][];
    int[][] characters = new int[spans.spanCount()][];
    int free = 0;
    for (int span = 0; span < tokens.length; span++) {
      int start = spans.start(span) - promptLength;
      int end = spans.end(span) - promptLength;
      int from = Math.max(free, characterStart(start));
      int to = Math.max(from, characterEnd(end - 1));
      tokens[span] = new int[] {start, end};
      characters[span] = new int[] {from, to};
      free = to;
    }
    return new KeySteps.Side(text, ids, tokens, characters);
  }

  private int characterStart(int token) {
    return token == encoding.length() ? text.length() : encoding.charStart()[token];
  }

  private int characterEnd(int token) {
    return token == encoding.length() ? text.length() : encoding.charEnd()[token];
  }
}
