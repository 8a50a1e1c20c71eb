package dev.edit.contracts.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Writes token ids at once. Jackson writes numbers one by one, which for a record of hundreds of
 * them takes longer than all the rest.
 */
final class IntArrayWriter extends StdSerializer<int[]> {
  private static final long serialVersionUID = 1L;

  /** A sign, ten digits, a comma. */
  private static final int WIDEST = 12;

  IntArrayWriter() {
    super(int[].class);
  }

  @Override
  public void serialize(int[] numbers, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    char[] text = new char[2 + WIDEST * numbers.length];
    int end = 0;
    text[end++] = '[';
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        text[end++] = ',';
      }
      end = write(numbers[i], text, end);
    }
    text[end++] = ']';
    json.writeRawValue(text, 0, end);
  }

  /** Writes a number at {@code start}; returns where it ends. */
  private static int write(int number, char[] text, int start) {
    int at = start;
    if (number < 0) {
      text[at++] = '-';
    }
    // Negative numbers reach further than positive ones.
    int rest = number < 0 ? number : -number;
    int end = at + 1;
    for (int least = -10; rest <= least && end < at + 10; least *= 10) {
      end++;
    }
    for (int digit = end - 1; digit >= at; digit--) {
      text[digit] = (char) ('0' - rest % 10);
      rest /= 10;
    }
    return end;
  }
}
