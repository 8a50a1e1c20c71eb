package dev.edit.prompts;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places such as {@code {question}}. Filled in one pass: braces in a value stay as they
 * are.
 */
public final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]*)}");

  private final String text;

  /**
   * A template that may name these places only.
   *
   * @param path is told where something is wrong
   * @param text kept as it is but for its line ends
   * @param places all that may be named
   * @param needed those that must be named
   * @throws PromptPackException where it names another, or not one that it must
   */
  public Template(String path, String text, Set<String> places, Set<String> needed) {
    String whole = text.replace("\r\n", "\n");
    Matcher found = PLACE.matcher(whole);
    Set<String> named = new HashSet<>();
    while (found.find()) {
      if (!places.contains(found.group(1))) {
        throw new PromptPackException(
            "%s:%d: unknown place {%s}; expected one of %s"
                .formatted(
                    path,
                    1 + whole.substring(0, found.start()).chars().filter(c -> c == '\n').count(),
                    found.group(1),
                    places.stream().sorted().toList()));
      }
      named.add(found.group(1));
    }
    for (String place : new TreeSet<>(needed)) {
      if (!named.contains(place)) {
        throw new PromptPackException(path + ": expected a place {" + place + "}");
      }
    }
    this.text = whole;
  }

  /** The text with a value in each place. */
  public String fill(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }
}
