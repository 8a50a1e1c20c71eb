package dev.edit.tokenizer;

/**
 * Tokens of a text. Token t has id {@code ids[t]} and stands for the characters [{@code
 * charStart[t]}, {@code charEnd[t]}) of the text.
 *
 * <p>Offsets count UTF-16 units, as {@link String#substring(int, int)} does, and never split a
 * surrogate pair. Tokens that stand for nothing in the text (an added &lt;s&gt;) have the empty
 * range [0, 0). Several tokens of a byte-level vocabulary may share the range of one character. The
 * arrays belong to the caller.
 *
 * @param ids token ids, T long
 * @param charStart first UTF-16 unit of each token, T long
 * @param charEnd one past the last UTF-16 unit of each token, T long
 */
@SuppressWarnings(
    "ArrayRecordComponent") // one flat array each: records of millions of tokens pass here
public record Encoding(int[] ids, int[] charStart, int[] charEnd) {

  public Encoding {
    if (charStart.length != ids.length || charEnd.length != ids.length) {
      throw new IllegalArgumentException(
          "charStart, charEnd: expected "
              + ids.length
              + " offsets, one per token, got "
              + charStart.length
              + " and "
              + charEnd.length);
    }
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }
}
