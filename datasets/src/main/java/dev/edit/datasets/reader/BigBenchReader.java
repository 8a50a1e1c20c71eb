package dev.edit.datasets.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * BIG-bench JSON tasks: {@code {name, examples [{input, target | target_scores}], task_prefix,
 * example_input_prefix, choice_prefix, append_choices_to_input}}.
 *
 * <p>As in BIG-bench the choices of {@code target_scores} are appended to the input, each after the
 * choice prefix, unless the task says otherwise, and in an order drawn from the seed: files often
 * name the right one first. The answer is the text of the one choice with the highest score. The
 * prefixes that BIG-bench puts where a task names none, "Q:" and "A:", are left to the prompts, and
 * so is the output prefix: here a chain of thought follows, not an answer.
 */
public final class BigBenchReader implements QuestionReader {
  private static final String EXAMPLES = "examples";
  private static final String SCORES = "target_scores";
  private static final String APPEND = "append_choices_to_input";
  private static final String DEFAULT_CHOICE_PREFIX = "\n  choice: ";

  private final String source;
  private final long seed;

  public BigBenchReader(String source, long seed) {
    this.source = source;
    this.seed = seed;
  }

  @Override
  public void read(DatasetFile file, Consumer<Question> to) throws IOException {
    JsonDocument document = new JsonDocument(file.path());
    Entry header = document.header(EXAMPLES);
    Common common =
        new Common(
            file,
            source,
            file.task().orElse(source),
            header.optionalText("canary").orElse(null),
            null);
    Frame frame = Frame.of(header);
    document.entries(EXAMPLES, entry -> to.accept(question(entry, common, frame)));
  }

  private Question question(Entry entry, Common common, Frame frame) {
    String input = frame.before + entry.text("input");
    long index = entry.place().index();
    if (!entry.has(SCORES)) {
      return common.question(entry, index, input.strip(), target(entry));
    }
    Entry scores = entry.object(SCORES);
    List<String> choices = new ArrayList<>();
    scores.fields().fieldNames().forEachRemaining(choices::add);
    if (choices.isEmpty()) {
      throw entry.malformed(SCORES, "{}", "at least one choice");
    }
    String best = best(entry, scores);
    if (frame.appendsChoices) {
      SeededRank rank = new SeededRank(seed, common.task() + "/" + index);
      choices.sort(Comparator.comparing(rank::of));
      input += frame.choicePrefix + String.join(frame.choicePrefix, choices);
    }
    return common.question(entry, index, input.strip(), GoldAnswer.of(entry, SCORES, best));
  }

  /** The target; the first where a list names several that are accepted. */
  private static String target(Entry entry) {
    JsonNode target = entry.fields().get("target");
    if (target != null && target.isArray()) {
      return GoldAnswer.of(entry, "target[0]", entry.texts("target").get(0));
    }
    if (target == null || target.isNull()) {
      throw entry.malformed("target", target, "a text, or 'target_scores' in its place");
    }
    return GoldAnswer.of(
        entry, "target", target.isNumber() ? target.asText() : entry.text("target"));
  }

  private static String best(Entry entry, Entry scores) {
    String best = null;
    double highest = Double.NEGATIVE_INFINITY;
    boolean tied = false;
    for (Map.Entry<String, JsonNode> score : scores.fields().properties()) {
      if (!score.getValue().isNumber()) {
        throw entry.malformed(SCORES + "." + score.getKey(), score.getValue(), "a number");
      }
      double value = score.getValue().doubleValue();
      tied = value == highest || (tied && value < highest);
      if (value > highest) {
        highest = value;
        best = score.getKey();
      }
    }
    if (tied) {
      throw entry.malformed(SCORES, scores.fields(), "one choice with the highest score");
    }
    return best;
  }

  /** What a task puts around each input. */
  private record Frame(String before, String choicePrefix, boolean appendsChoices) {

    static Frame of(Entry header) {
      String inputPrefix = raw(header, "example_input_prefix", "");
      String before =
          raw(header, "task_prefix", "") + (inputPrefix.strip().equals("Q:") ? "" : inputPrefix);
      JsonNode append = header.fields().path(APPEND);
      if (!append.isMissingNode() && !append.isBoolean()) {
        throw header.malformed(APPEND, append, "true or false");
      }
      return new Frame(
          before,
          raw(header, "choice_prefix", DEFAULT_CHOICE_PREFIX),
          append.isMissingNode() || append.booleanValue());
    }

    /** A prefix with its blanks; it may be empty. */
    private static String raw(Entry header, String field, String otherwise) {
      JsonNode value = header.fields().path(field);
      if (value.isMissingNode() || value.isNull()) {
        return otherwise;
      }
      if (!value.isTextual()) {
        throw header.malformed(field, value, "a text");
      }
      return value.textValue();
    }
  }
}
