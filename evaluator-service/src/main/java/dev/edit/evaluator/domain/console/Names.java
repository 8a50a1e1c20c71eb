package dev.edit.evaluator.domain.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts that recur, each kept once and known by a number. */
final class Names {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  int number(String text) {
    return numbers.computeIfAbsent(
        text,
        added -> {
          texts.add(added);
          return texts.size() - 1;
        });
  }

  /** The text's number, or -1 where it never came. */
  int find(String text) {
    return numbers.getOrDefault(text, -1);
  }

  String text(int number) {
    return texts.get(number);
  }

  List<String> all() {
    return List.copyOf(texts);
  }
}
