package dev.edit.cli.judge;

import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.cli.judge.Verdict.Scored;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a judge's reply: one line {@code Score K: N} for each answer, N a whole number from 1 to
 * 10, and nothing else. What is not exactly that gives no score at all: a guessed score would be
 * ours and not the judge's. Thoughts in {@code <think>} before it are passed over.
 */
final class ScoreLines {
  private static final Pattern LINE = Pattern.compile("Score ([1-9][0-9]?): ([1-9]|10)");
  private static final Pattern THOUGHT =
      Pattern.compile("\\A\\s*<think>.*?</think>", Pattern.DOTALL);

  private ScoreLines() {}

  /**
   * The scores.
   *
   * @param order the students in the order in which the judge read their answers
   */
  static Verdict read(String reply, List<String> order) {
    String said = THOUGHT.matcher(reply).replaceFirst("");
    Map<String, Integer> scores = new TreeMap<>();
    for (String line : said.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      Matcher score = LINE.matcher(line);
      if (!score.matches()) {
        return none("expected a line 'Score K: N' with N from 1 to 10, got '" + line + "'");
      }
      int number = Integer.parseInt(score.group(1));
      if (number > order.size()) {
        return none("expected a score of answer 1 to " + order.size() + ", got '" + line + "'");
      }
      if (scores.put(order.get(number - 1), Integer.parseInt(score.group(2))) != null) {
        return none("expected one score an answer, got a second '" + line + "'");
      }
    }
    return scores.size() == order.size()
        ? new Scored(scores)
        : none("expected " + order.size() + " scores, got " + scores.size());
  }

  private static None none(String message) {
    return new None(Reason.UNPARSABLE, message);
  }
}
