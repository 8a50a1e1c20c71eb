package dev.edit.trainer.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Seeded choices; one purpose's choice tells nothing of another's. */
final class Draw {
  private final long seed;

  /**
   * @param seed of the run
   * @param purpose keeps the choices of two purposes apart
   */
  Draw(long seed, String purpose) {
    this.seed = new SplittableRandom(seed).nextLong() ^ purpose.hashCode();
  }

  /** {@code n} of the values, or all where there are fewer, in the order in which they came. */
  <T> List<T> some(List<T> values, int n) {
    if (values.size() <= n) {
      return List.copyOf(values);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, new Random(new SplittableRandom(seed).nextLong()));
    return places.subList(0, n).stream().sorted().map(values::get).toList();
  }

  /**
   * As many values as {@code n}: all of them as often as they fit, and a choice for the rest.
   *
   * @param values at least one unless n is 0
   */
  <T> List<T> repeated(List<T> values, int n) {
    List<T> all = new ArrayList<>();
    while (!values.isEmpty() && all.size() + values.size() <= n) {
      all.addAll(values);
    }
    all.addAll(some(values, n - all.size()));
    return all;
  }
}
