package dev.edit.tokenizer;

/**
 * Turns offsets that count code points, as the native tokenizer gives them, into offsets that count
 * UTF-16 units.
 */
final class CharOffsets {

  /**
   * Code point index to UTF-16 index, one past the last included; null where the two are the same.
   */
  private final int[] table;

  private CharOffsets(int[] table) {
    this.table = table;
  }

  /**
   * The offsets of a text; O(length), and no table where every character is one unit.
   *
   * @throws IllegalArgumentException if a surrogate stands alone
   */
  static CharOffsets of(String text) {
    int pairs = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        requirePair(text, i);
        pairs++;
        i++;
      }
    }
    if (pairs == 0) {
      return new CharOffsets(null);
    }
    int[] table = new int[text.length() - pairs + 1];
    int at = 0;
    for (int codePoint = 0; codePoint < table.length - 1; codePoint++) {
      table[codePoint] = at;
      at += Character.isHighSurrogate(text.charAt(at)) ? 2 : 1;
    }
    table[table.length - 1] = text.length();
    return new CharOffsets(table);
  }

  int utf16(int codePoint) {
    return table == null ? codePoint : table[codePoint];
  }

  private static void requirePair(String text, int at) {
    if (!Character.isHighSurrogate(text.charAt(at))
        || at + 1 == text.length()
        || !Character.isLowSurrogate(text.charAt(at + 1))) {
      throw new IllegalArgumentException(
          "text: expected whole characters, got half a surrogate pair (U+%04X) at %d"
              .formatted((int) text.charAt(at), at));
    }
  }
}
