package dev.edit.datasets.reader;

import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GSM8K: {@code {question, answer}} a line. The gold answer is the number after {@code ####},
 * without thousands separators; calculator annotations {@code <<...>>} are stripped.
 *
 * <p>A file's split is in its name; one without counts as held out.
 */
public final class Gsm8kReader implements QuestionReader {
  private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*>>");
  private static final Pattern NUMBER =
      Pattern.compile("####\\s*(-?[0-9][0-9,]*(?:\\.[0-9]+)?|-?\\.[0-9]+)\\s*$");

  private final String source;

  public Gsm8kReader(String source) {
    this.source = source;
  }

  @Override
  public void read(DatasetFile file, Consumer<Question> to) throws IOException {
    Common common =
        new Common(file, source, file.task().orElse(source), null, file.split().orElse(Split.TEST));
    long[] index = {0};
    JsonLines.read(file.path(), entry -> to.accept(question(entry, index[0]++, common)));
  }

  private static Question question(Entry entry, long index, Common common) {
    String solution = ANNOTATION.matcher(entry.text("answer")).replaceAll("");
    Matcher number = NUMBER.matcher(solution);
    if (!number.find()) {
      String end = solution.substring(Math.max(0, solution.length() - 40));
      throw entry.malformed("answer", "'…" + end + "'", "a number after '####' at its end");
    }
    String gold = GoldAnswer.of(entry, "answer", number.group(1).replace(",", ""));
    String question = ANNOTATION.matcher(entry.text("question")).replaceAll("").strip();
    return common.question(entry, index, question, gold);
  }
}
