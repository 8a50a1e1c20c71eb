package dev.edit.trainer.worker;

import dev.edit.trainer.domain.SavePolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A command line of {@code --name value} pairs; what is wrong with it is told by name. */
final class NamedValues {
  private final Map<String, String> values;

  private NamedValues(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads pairs.
   *
   * @param more further names that are known
   * @throws IllegalArgumentException naming what is unknown or lacks a value
   */
  static NamedValues parse(List<String> arguments, Set<String> names, Set<String> more) {
    Set<String> known = new TreeSet<>(names);
    known.addAll(more);
    Map<String, String> values = new HashMap<>();
    for (int at = 0; at < arguments.size(); at += 2) {
      String name = arguments.get(at);
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown argument '" + name + "', expected one of " + known);
      }
      if (at + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + ": expected a value after it");
      }
      values.put(name, arguments.get(at + 1));
    }
    return new NamedValues(values);
  }

  /** A text; null where it is not given. */
  String text(String name) {
    return values.get(name);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** A path; null where it is not given. */
  Path path(String name) {
    String value = values.get(name);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + ": expected a path, " + e.getMessage(), e);
    }
  }

  /** A whole number; null where it is not given. */
  Long numberOrNull(String name) {
    String value = values.get(name);
    try {
      return value == null ? null : (Long) Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + ": expected a whole number, but was '" + value + "'", e);
    }
  }

  long number(String name, long otherwise) {
    Long value = numberOrNull(name);
    return value == null ? otherwise : value;
  }

  /** {@code --save-every-steps}, {@code --save-every} (milliseconds) and {@code --saves-kept}. */
  SavePolicy saves() {
    SavePolicy standard = SavePolicy.DEFAULT;
    return new SavePolicy(
        (int) number("--save-every-steps", standard.everySteps()),
        Duration.ofMillis(number("--save-every", standard.every().toMillis())),
        (int) number("--saves-kept", standard.kept()));
  }
}
