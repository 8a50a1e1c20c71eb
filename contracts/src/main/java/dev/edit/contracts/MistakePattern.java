package dev.edit.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wrong with a wrong chain of thought (method, appendix A.6): one or more categories. Its
 * text is canonical, so that equal patterns are equal texts: the lower-case names joined by {@code
 * +} in the order of {@link Category}, such as {@code logical+calculation}. Reading takes any order
 * and case.
 *
 * @param categories at least one
 */
public record MistakePattern(Set<Category> categories) {
  public MistakePattern {
    Require.present("mistake", categories);
    if (categories.isEmpty()) {
      throw new InvalidRecordException("mistake", categories, "at least one category");
    }
    categories = Set.copyOf(categories);
  }

  /** The kinds of mistake that the method tells apart. */
  public enum Category {
    /** A step that does not follow, or answers another question. */
    LOGICAL,
    /** A false belief about the world. */
    KNOWLEDGE,
    /** A sum or a count gone wrong. */
    CALCULATION,
    /** None of these. */
    OTHER;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The pattern of some categories. */
  public static MistakePattern of(Category first, Category... more) {
    return new MistakePattern(EnumSet.of(first, more));
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidRecordException where a part is no category, or comes twice
   */
  @JsonCreator
  public static MistakePattern parse(String text) {
    Set<Category> categories = EnumSet.noneOf(Category.class);
    for (String part : Require.text("mistake", text).split("\\+", -1)) {
      if (!categories.add(category(text, part.strip()))) {
        throw new InvalidRecordException("mistake", text, "each category once");
      }
    }
    return new MistakePattern(categories);
  }

  private static Category category(String text, String name) {
    return Arrays.stream(Category.values())
        .filter(category -> category.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRecordException(
                    "mistake",
                    text,
                    "one or more of logical, knowledge, calculation and other, joined by '+'"));
  }

  /** The canonical text. */
  @Override
  @JsonValue
  public String toString() {
    return Arrays.stream(Category.values())
        .filter(categories::contains)
        .map(Category::label)
        .collect(Collectors.joining("+"));
  }
}
