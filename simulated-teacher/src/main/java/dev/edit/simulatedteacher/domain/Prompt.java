package dev.edit.simulatedteacher.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prompt asks for.
 *
 * @param kind which of the three prompts it is
 * @param question the last question in it
 * @param hint the answer hinted at; AHP only
 * @param right the right response given; CCP only
 */
public record Prompt(
    PromptKind kind, String question, Optional<String> hint, Optional<String> right) {
  private static final Pattern QUESTION = Pattern.compile("(?m)^(?:Q|Question):");
  private static final Pattern HINT = Pattern.compile("(?m)^H: The correct answer is (.*?)\\.?$");
  private static final Pattern ANSWER = Pattern.compile("(?m)^A:");
  private static final Pattern RIGHT = Pattern.compile("(?m)^Right Response:");
  private static final Pattern WRONG = Pattern.compile("(?m)^Wrong Response:");

  /**
   * Reads a prompt. Only the text from the last line that starts with {@code Q:} or {@code
   * Question:} counts; what stands before it (description, examples) has no influence. A text
   * without such a line is a question by itself.
   */
  public static Prompt read(String text) {
    String normal = text.replace("\r\n", "\n");
    String asked = normal.substring(lastEnd(QUESTION, normal)).strip();
    List<Integer> ends = new ArrayList<>(List.of(asked.length()));
    Optional<Matcher> hint = find(HINT, asked);
    Optional<Matcher> right = find(RIGHT, asked);
    Optional<Matcher> wrong = find(WRONG, asked);
    hint.ifPresent(found -> ends.add(found.start()));
    right.ifPresent(found -> ends.add(found.start()));
    wrong.ifPresent(found -> ends.add(found.start()));
    find(ANSWER, asked).ifPresent(found -> ends.add(found.start()));
    String question = asked.substring(0, ends.stream().min(Integer::compare).orElseThrow()).strip();
    if (wrong.isPresent()) {
      int open = wrong.get().start();
      Optional<String> given =
          right
              .filter(found -> found.end() <= open)
              .map(found -> asked.substring(found.end(), open).strip());
      return new Prompt(PromptKind.CCP, question, Optional.empty(), given);
    }
    return hint.map(
            found ->
                new Prompt(
                    PromptKind.AHP,
                    question,
                    Optional.of(found.group(1).strip()),
                    Optional.empty()))
        .orElseGet(() -> new Prompt(PromptKind.CEP, question, Optional.empty(), Optional.empty()));
  }

  private static Optional<Matcher> find(Pattern marker, String text) {
    Matcher matcher = marker.matcher(text);
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }

  private static int lastEnd(Pattern marker, String text) {
    Matcher matcher = marker.matcher(text);
    int end = 0;
    while (matcher.find()) {
      end = matcher.end();
    }
    return end;
  }
}
