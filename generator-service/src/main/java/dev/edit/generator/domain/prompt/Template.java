package dev.edit.generator.domain.prompt;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places such as {@code {question}}. Filled in one pass: braces in a value stay as they
 * are.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  private final String text;

  /**
   * A template that may name these places only.
   *
   * @throws PromptPackException where it names another
   */
  Template(String path, String text, Set<String> places) {
    this.text = text.replace("\r\n", "\n").strip();
    Matcher place = PLACE.matcher(this.text);
    while (place.find()) {
      if (!places.contains(place.group(1))) {
        throw new PromptPackException(
            "%s: unknown place {%s}; expected one of %s"
                .formatted(path, place.group(1), places.stream().sorted().toList()));
      }
    }
  }

  String fill(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }
}
