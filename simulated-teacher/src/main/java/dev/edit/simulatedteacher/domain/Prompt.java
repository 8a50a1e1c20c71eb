package dev.edit.simulatedteacher.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a prompt asks for.
 *
 * @param kind which of the prompts it is
 * @param question the last question in it
 * @param hint the answer hinted at; AHP only
 * @param right the right response given; CCP only
 * @param wrong the wrong response to explain; MISTAKE only
 */
public record Prompt(
    PromptKind kind,
    String question,
    Optional<String> hint,
    Optional<String> right,
    Optional<String> wrong) {
  private static final Pattern QUESTION = Pattern.compile("(?m)^(?:Q|Question):");
  private static final Pattern HINT = Pattern.compile("(?m)^H: The correct answer is (.*?)\\.?$");
  private static final Pattern ANSWER = Pattern.compile("(?m)^A:");
  private static final Pattern RIGHT = Pattern.compile("(?m)^Right Response:");
  private static final Pattern WRONG = Pattern.compile("(?m)^Wrong Response:");
  private static final Pattern OPEN_RATIONALE = Pattern.compile("(?m)^Rationale:\\s*\\z");

  /**
   * Reads a prompt. Only the text from the last line that starts with {@code Q:} or {@code
   * Question:} counts; what stands before it (description, examples) has no influence. A text
   * without such a line is a question by itself.
   */
  public static Prompt read(String text) {
    String normal = text.replace("\r\n", "\n");
    String asked = normal.substring(lastEnd(QUESTION, normal)).strip();
    String question = asked.substring(0, firstStart(asked, HINT, RIGHT, WRONG, ANSWER)).strip();
    Optional<Matcher> wrong = find(WRONG, asked);
    if (wrong.isPresent()) {
      return aboutWrong(asked, question, wrong.get());
    }
    Optional<String> hint = find(HINT, asked).map(found -> found.group(1).strip());
    return new Prompt(
        hint.isPresent() ? PromptKind.AHP : PromptKind.CEP,
        question,
        hint,
        Optional.empty(),
        Optional.empty());
  }

  /** A wrong response is asked for, or, where a rationale is open behind it, explained. */
  private static Prompt aboutWrong(String asked, String question, Matcher wrong) {
    Optional<Matcher> rationale = find(OPEN_RATIONALE, asked);
    if (rationale.isPresent()) {
      String given = asked.substring(wrong.end(), rationale.get().start()).strip();
      return new Prompt(
          PromptKind.MISTAKE, question, Optional.empty(), Optional.empty(), Optional.of(given));
    }
    Optional<String> right =
        find(RIGHT, asked)
            .filter(found -> found.end() <= wrong.start())
            .map(found -> asked.substring(found.end(), wrong.start()).strip());
    return new Prompt(PromptKind.CCP, question, Optional.empty(), right, Optional.empty());
  }

  private static int firstStart(String text, Pattern... markers) {
    return Stream.of(markers)
        .flatMap(marker -> find(marker, text).stream())
        .mapToInt(Matcher::start)
        .min()
        .orElse(text.length());
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
