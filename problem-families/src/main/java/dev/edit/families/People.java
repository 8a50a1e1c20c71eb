package dev.edit.families;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The people that questions speak of. */
final class People {
  static final List<String> NAMES = List.of("Ann", "Bob", "Cal", "Dan", "Eve", "Fay", "Gus", "Hal");

  private People() {}

  /** Some of them, each at most once, in random order. */
  static List<String> draw(Random random, int count) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    return List.copyOf(names.subList(0, count));
  }
}
