package dev.edit.generator.domain.dual;

import dev.edit.alignment.AlignmentRule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How closely one chain of thought follows another's path: 1 - edit distance / length of the
 * longer, in [0, 1]. Lengths and unit costs count words, which are whatever stands between white
 * space: it tells a path from another as well as a student's tokens would, and needs no tokenizer.
 */
public final class PathSimilarity {
  /** Far beyond any chain of thought; it bounds the work tables at 16 MiB. */
  static final int MOST_WORDS = 8_192;

  private PathSimilarity() {}

  /**
   * The similarity of two texts; 1 for equal words. It is symmetric. A text of more than {@value
   * #MOST_WORDS} words follows no path: 0.
   */
  public static double of(String text, String other) {
    Map<String, Integer> ids = new HashMap<>();
    int[] words = words(text, ids);
    int[] others = words(other, ids);
    if (Math.max(words.length, others.length) > MOST_WORDS) {
      return 0;
    }
    return AlignmentRule.REFERENCE.newAligner().align(words, others).similarity();
  }

  private static int[] words(String text, Map<String, Integer> ids) {
    return Arrays.stream(text.strip().split("\\s+"))
        .mapToInt(word -> ids.computeIfAbsent(word, w -> ids.size()))
        .toArray();
  }
}
