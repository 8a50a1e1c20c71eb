package dev.edit.prompts;

import dev.edit.contracts.grading.AnswerExtraction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a prompt pack, in the layout in which BIG-Bench Hard's prompts are published: a
 * canary line and {@code -----} first (both optional), the task's description, then blocks that
 * start with {@code Q: }. A block with the placeholder {@code {QUESTION}} is a form, not an
 * example, and is skipped. What is not of the layout is reported with file and line.
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

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String path;
  private final String description;
  private final List<Block> blocks;

  /**
   * A question and what follows it.
   *
   * @param line the line of the file, from 1, in which it starts
   */
  private record Block(String text, int line) {
    /** The line of the file in which the text from {@code at} on lies. */
    int lineAt(int at) {
      return line + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
  }

  private PromptFile(String path, String description, List<Block> blocks) {
    this.path = path;
    this.description = description;
    this.blocks = blocks;
  }

  static PromptFile parse(String path, String text) {
    String whole = text.replace("\r\n", "\n");
    if (whole.startsWith(BYTE_ORDER_MARK)) {
      whole = whole.substring(1);
    }
    Matcher canary = CANARY.matcher(whole);
    int start = canary.find() ? canary.end() : 0;
    List<Integer> questions =
        QUESTION.matcher(whole).results().map(MatchResult::start).filter(q -> q >= start).toList();
    Block all = new Block(whole, 1);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      int from = questions.get(i);
      int to = i + 1 < questions.size() ? questions.get(i + 1) : whole.length();
      String block = whole.substring(from + "Q: ".length(), to);
      if (!block.contains(FORM)) {
        blocks.add(new Block(block, all.lineAt(from)));
      }
    }
    int end = questions.isEmpty() ? whole.length() : questions.get(0);
    return new PromptFile(path, whole.substring(start, end).strip(), blocks);
  }

  /** The text before the first question. */
  String description() {
    if (description.isEmpty()) {
      throw wrong(1, "expected the task's description before 'Q: '");
    }
    return description;
  }

  /** Worked examples (cot-prompts, cot-ahp); every rationale concludes with "Therefore". */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (Block block : blocks) {
      Matcher rationale = find(RATIONALE, block, 0, "A: Let's think step by step.");
      String head = block.text.substring(0, rationale.start());
      String cot = conclude(block.text.substring(rationale.end()).strip());
      int line = block.lineAt(rationale.start());
      String answer = answer(line, "rationale", cot);
      Matcher hint = HINT.matcher(head);
      boolean hinted = hint.find();
      if (hinted && !hint.group(1).equals(answer)) {
        throw wrong(
            line,
            "expected a rationale that ends in the hinted answer '%s', but it ends in '%s'"
                .formatted(hint.group(1), answer));
      }
      String question = (hinted ? head.substring(0, hint.start()) : head).strip();
      examples.add(new Example(question(block, question), answer, cot));
    }
    if (examples.isEmpty()) {
      throw wrong(1, "expected at least one example that starts with 'Q: '");
    }
    return examples;
  }

  /** Pairs of a right and a wrong response (cot-ccp). */
  List<Exemplar> exemplars() {
    List<Exemplar> exemplars = new ArrayList<>();
    for (Block block : blocks) {
      Matcher right = find(RIGHT, block, 0, "Right Response:");
      Matcher wrong = find(WRONG, block, right.end(), "Wrong Response:");
      String rightText = block.text.substring(right.end(), wrong.start()).strip();
      String wrongText = block.text.substring(wrong.end()).strip();
      int line = block.lineAt(wrong.start());
      String rightAnswer = answer(block.lineAt(right.start()), "Right Response", rightText);
      if (answer(line, "Wrong Response", wrongText).equals(rightAnswer)) {
        throw wrong(line, "expected a Wrong Response that does not end in '" + rightAnswer + "'");
      }
      String question = block.text.substring(0, right.start()).strip();
      exemplars.add(new Exemplar(question(block, question), rightText, wrongText));
    }
    return exemplars;
  }

  private String question(Block block, String question) {
    if (question.isEmpty()) {
      throw wrong(block.line, "expected a question after 'Q: '");
    }
    return question;
  }

  private String answer(int line, String part, String cot) {
    return AnswerExtraction.extract(cot)
        .orElseThrow(() -> wrong(line, "expected a " + part + " with 'the answer is'"));
  }

  private Matcher find(Pattern marker, Block block, int from, String name) {
    Matcher matcher = marker.matcher(block.text);
    if (!matcher.find(from)) {
      throw wrong(block.line, "expected a line '" + name + "' after this question");
    }
    return matcher;
  }

  private PromptPackException wrong(int line, String expected) {
    return new PromptPackException("%s:%d: %s".formatted(path, line, expected));
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
