package dev.edit.artifacts;

import java.util.regex.Pattern;

/** Names that are safe as relative paths and as parts of object keys. */
final class ArtifactName {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.-]{1,255}");

  private ArtifactName() {}

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException when it could lead elsewhere; {@code what} says what it names
   */
  static String check(String what, String name) {
    for (String segment : name.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException(
            "%s: expected segments of letters, digits, '.', '_' and '-' joined by '/', got '%s'"
                .formatted(what, name));
      }
    }
    return name;
  }
}
