package dev.edit.evaluator.client;

import dev.edit.contracts.Checkpoint;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under which name an endpoint serves a checkpoint: text with the places {@code {run}}, {@code
 * {stage}}, {@code {recipe}} and {@code {seed}}.
 */
final class ModelName {
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
  private static final Set<String> PLACES = Set.of("run", "stage", "recipe", "seed");

  private final String pattern;

  /**
   * @param key where the pattern was written down
   * @throws IllegalArgumentException where it names another place
   */
  ModelName(String key, String pattern) {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException(key + ": expected a name such as {run}, got none");
    }
    Matcher place = PLACE.matcher(pattern);
    while (place.find()) {
      if (!PLACES.contains(place.group(1))) {
        throw new IllegalArgumentException(
            "%s: unknown place {%s}; expected one of %s"
                .formatted(key, place.group(1), new TreeSet<>(PLACES)));
      }
    }
    this.pattern = pattern;
  }

  String of(Checkpoint checkpoint) {
    Map<String, String> values =
        Map.of(
            "run", checkpoint.run(),
            "stage", checkpoint.stage(),
            "recipe", checkpoint.recipe().recipeName(),
            "seed", Long.toString(checkpoint.seed()));
    return PLACE
        .matcher(pattern)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }
}
