package dev.edit.tokenizer;

import java.util.BitSet;

/**
 * Which tokens hold a line break: cheaper to ask than to decode a whole text after every token.
 * Remembers what it has seen; not safe for use by several threads at a time.
 */
public final class LineBreaks {
  private final Tokenizer tokenizer;
  private final BitSet seen = new BitSet();
  private final BitSet breaks = new BitSet();

  public LineBreaks(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Whether any of the tokens, decoded by itself, holds a line break. */
  public boolean in(int[] ids) {
    for (int id : ids) {
      if (!seen.get(id)) {
        seen.set(id);
        breaks.set(id, tokenizer.decode(new int[] {id}, true).indexOf('\n') >= 0);
      }
      if (breaks.get(id)) {
        return true;
      }
    }
    return false;
  }
}
