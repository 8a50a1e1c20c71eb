package dev.edit.contracts;

import java.util.ArrayList;
import java.util.List;

/** A chain of thought cut into stretches that are key steps and stretches that are not. */
public final class Highlight {
  private Highlight() {}

  /**
   * A stretch.
   *
   * @param text the text; never empty, except for a key end of text
   * @param key whether it is part of a key step
   * @param end whether it stands for the end of the text itself, which has no characters
   */
  public record Stretch(String text, boolean key, boolean end) {}

  /** The stretches in order; their texts joined are the whole text. */
  public static List<Stretch> of(KeySteps.Side side) {
    List<Stretch> stretches = new ArrayList<>();
    String text = side.text();
    int at = 0;
    for (int[] span : side.keyCharacters()) {
      if (span[0] > at) {
        stretches.add(new Stretch(text.substring(at, span[0]), false, false));
      }
      boolean end = span[0] == span[1];
      if (!end || span[0] == text.length()) {
        stretches.add(new Stretch(text.substring(span[0], span[1]), true, end));
      }
      at = span[1];
    }
    if (at < text.length()) {
      stretches.add(new Stretch(text.substring(at), false, false));
    }
    return stretches;
  }
}
