package dev.edit.generator.domain.prompt;

import dev.edit.contracts.grading.AnswerExtraction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a prompt pack, in the layout in which BIG-Bench Hard's prompts are published: a
 * canary line and {@code -----} first (both optional), the task's description, then blocks that
 * start with {@code Q: }. A block with the placeholder {@code {QUESTION}} is a form, not an
 * example, and is skipped.
 */
final class PromptFile {
  private static final Pattern CANARY = Pattern.compile("\\A[^\\n]*\\n-----+[ \\t]*\\n");
  private static final Pattern QUESTION = Pattern.compile("(?m)^Q: ");
  private static final Pattern HINT =
      Pattern.compile("(?m)^H: The correct answer is (.*?)\\.?[ \\t]*$");
  private static final Pattern RATIONALE =
      Pattern.compile("(?m)^A: (?:Let's think step by step\\.)?\\s*");
  private static final Pattern RIGHT = Pattern.compile("(?m)^Right Response:\\s*");
  private static final Pattern WRONG = Pattern.compile("(?m)^Wrong Response:\\s*");
  private static final String FORM = "{QUESTION}";

  private final String path;
  private final String description;
  private final List<String> blocks;

  private PromptFile(String path, String description, List<String> blocks) {
    this.path = path;
    this.description = description;
    this.blocks = blocks;
  }

  static PromptFile parse(String path, String text) {
    String body = CANARY.matcher(text.replace("\r\n", "\n")).replaceFirst("");
    String[] parts = QUESTION.split(body);
    List<String> blocks = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      if (!parts[i].contains(FORM)) {
        blocks.add(parts[i]);
      }
    }
    return new PromptFile(path, parts[0].strip(), blocks);
  }

  /** The text before the first question. */
  String description() {
    if (description.isEmpty()) {
      throw new PromptPackException(path + ": expected the task's description before 'Q: '");
    }
    return description;
  }

  /** Worked examples (cot-prompts, cot-ahp); every rationale concludes with "Therefore". */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (String block : blocks) {
      Matcher rationale =
          find(RATIONALE, block, 0, "A: Let's think step by step.", examples.size());
      String head = block.substring(0, rationale.start());
      String cot = conclude(block.substring(rationale.end()).strip());
      Matcher hint = HINT.matcher(head);
      String answer = AnswerExtraction.extract(cot).orElse("");
      if (answer.isEmpty()) {
        throw new PromptPackException(
            "%s: example %d: expected a rationale with 'the answer is'"
                .formatted(path, examples.size() + 1));
      }
      String question = (hint.find() ? head.substring(0, hint.start()) : head).strip();
      examples.add(new Example(question, answer, cot));
    }
    if (examples.isEmpty()) {
      throw new PromptPackException(path + ": expected at least one example that starts 'Q: '");
    }
    return examples;
  }

  /** Pairs of a right and a wrong response (cot-ccp). */
  List<Exemplar> exemplars() {
    List<Exemplar> exemplars = new ArrayList<>();
    for (String block : blocks) {
      Matcher right = find(RIGHT, block, 0, "Right Response:", exemplars.size());
      Matcher wrong = find(WRONG, block, right.end(), "Wrong Response:", exemplars.size());
      exemplars.add(
          new Exemplar(
              block.substring(0, right.start()).strip(),
              block.substring(right.end(), wrong.start()).strip(),
              block.substring(wrong.end()).strip()));
    }
    return exemplars;
  }

  private Matcher find(Pattern marker, String block, int from, String name, int before) {
    Matcher matcher = marker.matcher(block);
    if (!matcher.find(from)) {
      throw new PromptPackException(
          "%s: example %d: expected a line '%s'".formatted(path, before + 1, name));
    }
    return matcher;
  }

  private static String conclude(String rationale) {
    int last = rationale.lastIndexOf("So the answer is");
    return last < 0
        ? rationale
        : rationale.substring(0, last)
            + "Therefore, the answer is"
            + rationale.substring(last + "So the answer is".length());
  }
}
