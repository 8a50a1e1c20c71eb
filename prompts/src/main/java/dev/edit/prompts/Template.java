package dev.edit.prompts;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places such as {@code {question}}. Filled in one pass: braces in a value stay as they
 * are.
 */
public final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  private static final String QUESTION = "question";

  private final String text;

  /**
   * A template that may name these places only.
   *
   * @throws PromptPackException where it names another, or not the question
   */
  public Template(String path, String text, Set<String> places) {
    String whole = text.replace("\r\n", "\n");
    Matcher place = PLACE.matcher(whole);
    Set<String> named = new HashSet<>();
    while (place.find()) {
      if (!places.contains(place.group(1))) {
        throw new PromptPackException(
            "%s:%d: unknown place {%s}; expected one of %s"
                .formatted(
                    path,
                    1 + whole.substring(0, place.start()).chars().filter(c -> c == '\n').count(),
                    place.group(1),
                    places.stream().sorted().toList()));
      }
      named.add(place.group(1));
    }
    if (!named.contains(QUESTION)) {
      throw new PromptPackException(path + ": expected a place {" + QUESTION + "}");
    }
    this.text = whole.strip();
  }

  /** The text with a value in each place. */
  public String fill(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }
}
