package dev.edit.generator.domain.stage;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.MistakePattern;
import java.util.List;

/**
 * What a teacher says is wrong with a chain of thought: a rationale, and the pattern of its
 * mistakes.
 */
record Diagnosis(String rationale, MistakePattern pattern) {
  private static final String RATIONALE = "Rationale:";
  private static final String CATEGORY = "Category:";

  /**
   * Reads a reply, strictly: a rationale (the word "Rationale:" before it may be repeated), then
   * one last line {@code Category: logical+calculation}, and no other line like it.
   */
  static Reading<Diagnosis> read(String reply) {
    List<String> lines = reply.replace("\r\n", "\n").strip().lines().map(String::strip).toList();
    long categories = lines.stream().filter(line -> line.startsWith(CATEGORY)).count();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    if (categories != 1 || !last.startsWith(CATEGORY)) {
      return missing(
          "expected one line '%s ...', the last one, but there are %d"
              .formatted(CATEGORY, categories));
    }
    String before = String.join("\n", lines.subList(0, lines.size() - 1)).strip();
    String rationale =
        (before.startsWith(RATIONALE) ? before.substring(RATIONALE.length()) : before).strip();
    if (rationale.isEmpty()) {
      return missing("expected a rationale before the line '" + CATEGORY + " ...'");
    }
    try {
      String category = last.substring(CATEGORY.length()).strip();
      return new Reading.Found<>(new Diagnosis(rationale, MistakePattern.parse(category)));
    } catch (InvalidRecordException e) {
      return missing(e.getMessage());
    }
  }

  private static Reading<Diagnosis> missing(String message) {
    return new Reading.Missing<>(Reason.NOT_CLASSIFIED, message);
  }
}
