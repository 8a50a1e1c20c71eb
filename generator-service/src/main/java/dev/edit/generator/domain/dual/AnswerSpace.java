package dev.edit.generator.domain.dual;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which answers a question allows, as far as its text and its gold answer tell:
 *
 * <ul>
 *   <li>labelled options, lines such as {@code (A) a circle}: one of the labels, alone or with its
 *       option's text, or that text;
 *   <li>plain options, lines such as {@code - Yes} below {@code Options:}: one of them;
 *   <li>no options that can be read, but a gold answer such as {@code (B)}: a label like it;
 *   <li>a gold answer that is a number: a number;
 *   <li>yes or no, true or false, valid or invalid: one of the two;
 *   <li>any other gold answer: any text but a number.
 * </ul>
 *
 * <p>Case, white space, quotes and emphasis around an answer tell no answers apart.
 */
public final class AnswerSpace {
  private static final Pattern LABELLED =
      Pattern.compile("(?m)^[ \\t]*\\(([A-Z]|\\d{1,2})\\)[ \\t]*(.*)$");
  private static final Pattern LABEL =
      Pattern.compile("\\(?([A-Za-z]|\\d{1,2})\\)?(?:[.:]?\\s+(.*))?");
  private static final Pattern BARE_LABEL = Pattern.compile("\\(([A-Z])\\)");
  private static final Pattern PLAIN_HEAD = Pattern.compile("(?m)^Options:[ \\t]*$");
  private static final Pattern PLAIN = Pattern.compile("(?m)^- (.*)$");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\$?\\d[\\d,]*(?:\\.\\d+)?%?");
  private static final List<Set<String>> PAIRS =
      List.of(Set.of("yes", "no"), Set.of("true", "false"), Set.of("valid", "invalid"));

  private final String gold;
  private final Map<String, String> labelled;
  private final Set<String> plain;

  private AnswerSpace(String gold, Map<String, String> labelled, Set<String> plain) {
    this.gold = normal(gold);
    this.labelled = labelled;
    this.plain = plain;
  }

  /** The space of a question with this gold answer. */
  public static AnswerSpace of(String question, String gold) {
    Map<String, String> labelled =
        LABELLED
            .matcher(question)
            .results()
            .collect(
                Collectors.toMap(
                    option -> normal(option.group(1)),
                    option -> normal(option.group(2)),
                    (first, again) -> first));
    Matcher head = PLAIN_HEAD.matcher(question);
    Set<String> plain =
        head.find()
            ? PLAIN
                .matcher(question.substring(head.end()))
                .results()
                .map(option -> normal(option.group(1)))
                .collect(Collectors.toSet())
            : Set.of();
    AnswerSpace space = new AnswerSpace(gold, labelled, plain);
    // Lines that merely look like options: the gold answer is none of them.
    return space.optionOf(gold).isPresent() || plain.contains(space.gold)
        ? space
        : new AnswerSpace(gold, Map.of(), Set.of());
  }

  /** Whether an answer is the gold answer, in whatever form. */
  public boolean isGold(String answer) {
    if (!labelled.isEmpty()) {
      return optionOf(answer).equals(optionOf(gold));
    }
    if (isNumber(gold) && isNumber(answer)) {
      return number(answer).compareTo(number(gold)) == 0;
    }
    return unspaced(normal(answer)).equals(unspaced(gold));
  }

  /** Whether an answer is among those that the question allows. */
  public boolean allows(String answer) {
    String normal = normal(answer);
    if (!labelled.isEmpty()) {
      return optionOf(answer).isPresent();
    }
    if (!plain.isEmpty()) {
      return plain.contains(normal);
    }
    if (BARE_LABEL.matcher(gold.toUpperCase(Locale.ROOT)).matches()) {
      return BARE_LABEL.matcher(normal.toUpperCase(Locale.ROOT)).matches();
    }
    if (isNumber(gold)) {
      return isNumber(answer);
    }
    return PAIRS.stream()
        .filter(pair -> pair.contains(gold))
        .findFirst()
        .map(pair -> pair.contains(normal))
        .orElse(!normal.isEmpty() && !isNumber(answer));
  }

  /** What {@link #allows} asks for, for people. */
  public String expected() {
    if (!labelled.isEmpty()) {
      return "one of the options (%s)"
          .formatted(
              labelled.keySet().stream()
                  .map(label -> label.toUpperCase(Locale.ROOT))
                  .sorted()
                  .collect(Collectors.joining("), (")));
    }
    return !plain.isEmpty()
        ? "one of the options " + plain.stream().sorted().toList()
        : "an answer of the same shape as '" + gold + "'";
  }

  /** The label of the option that an answer names. */
  private Optional<String> optionOf(String answer) {
    String normal = normal(answer);
    Matcher matcher = LABEL.matcher(normal);
    if (matcher.matches() && named(matcher.toMatchResult())) {
      return Optional.of(matcher.group(1));
    }
    return labelled.entrySet().stream()
        .filter(option -> !normal.isEmpty() && option.getValue().equals(normal))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean named(MatchResult answer) {
    String option = labelled.get(answer.group(1));
    return option != null && (answer.group(2) == null || option.equals(answer.group(2)));
  }

  private static boolean isNumber(String answer) {
    return NUMBER.matcher(normal(answer)).matches();
  }

  private static BigDecimal number(String answer) {
    return new BigDecimal(normal(answer).replaceAll("[$,%+]", ""));
  }

  private static String unspaced(String answer) {
    return answer.replace(" ", "");
  }

  private static String normal(String answer) {
    return answer
        .strip()
        .replaceAll("^[\"'`*]+|[\"'`*.]+$", "")
        .replaceAll("\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
