package dev.edit.student.objective;

import java.util.Arrays;
import java.util.stream.Collectors;

/** By how many tokens a side of a pair is divided in key reasoning step learning. */
public enum Normalisation {
  /** All tokens of the response, key or not, the end of the text included (method section 4). */
  REFERENCE("reference"),
  /** The key tokens of the response: a pair with few of them weighs as much as one with many. */
  PER_KEY_TOKEN("per-key-token");

  private final String key;

  Normalisation(String key) {
    this.key = key;
  }

  /** The name in settings. */
  public String key() {
    return key;
  }

  /**
   * The normalisation of a name.
   *
   * @throws IllegalArgumentException names the value and what was expected
   */
  public static Normalisation of(String key) {
    return Arrays.stream(values())
        .filter(value -> value.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "krsl: normalisation is '%s', expected one of %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(Normalisation::key)
                                .collect(Collectors.joining(", ")))));
  }

  double divisor(boolean[] key) {
    if (this == REFERENCE) {
      return key.length;
    }
    int marked = 0;
    for (boolean mark : key) {
      marked += mark ? 1 : 0;
    }
    // Without key tokens nothing but gamma is left to divide, which then counts every token.
    return marked == 0 ? key.length : marked;
  }
}
