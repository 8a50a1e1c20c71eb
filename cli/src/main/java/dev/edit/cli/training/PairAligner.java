package dev.edit.cli.training;

import dev.edit.alignment.AlignmentRule;
import dev.edit.alignment.KeyMasks;
import dev.edit.alignment.KeySpans;
import dev.edit.alignment.KeyStepAligner;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.datasets.json.Entry;
import dev.edit.tokenizer.Encoding;
import dev.edit.tokenizer.EndToken;
import dev.edit.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Makes the records that the trainer reads of lines {@code {prompt, right, wrong?, id?, task?}}: on
 * the student's tokens, the key steps found by the reference rule.
 *
 * <p>A pair counts as corrupted: its right side is the teacher's own. The gold answer is what the
 * right side says it is; a right side without such a phrase is its own answer.
 */
final class PairAligner implements AutoCloseable {
  private static final String SOURCE = "file";

  private final Tokenizer tokenizer;
  private final int endToken;
  private final KeyStepAligner aligner = AlignmentRule.REFERENCE.newAligner();

  /**
   * @param student a folder with tokenizer and config
   */
  PairAligner(Path student) {
    endToken = EndToken.of(student);
    tokenizer = Tokenizer.load(student);
  }

  /**
   * The record of a line.
   *
   * @param line its number, which names it where it has no id
   */
  KeySteps record(Entry entry, long line) {
    String right = entry.text("right");
    String wrong = entry.optionalText("wrong").orElse(null);
    Problem problem =
        new Problem(
            entry.optionalText("id").orElse("line/" + line),
            entry.optionalText("task").orElse(SOURCE),
            entry.text("prompt"),
            AnswerExtraction.extract(right).orElse(right.strip()),
            Problem.Split.TRAIN,
            Problem.Domain.IN,
            SOURCE,
            null);
    int[] prompt = tokenizer.encode(StudentPrompt.render(problem.question()), true).ids();
    Encoding rightTokens = tokenizer.encode(right, false);
    if (wrong == null) {
      return record(problem, prompt, side(right, rightTokens, null, 0), null, null);
    }
    Encoding wrongTokens = tokenizer.encode(wrong, false);
    KeyMasks masks =
        aligner.align(after(prompt, rightTokens), after(prompt, wrongTokens), prompt.length);
    return record(
        problem,
        prompt,
        side(right, rightTokens, masks.rightKey(), prompt.length),
        side(wrong, wrongTokens, masks.wrongKey(), prompt.length),
        masks);
  }

  private KeySteps record(
      Problem problem, int[] prompt, KeySteps.Side right, KeySteps.Side wrong, KeyMasks masks) {
    return new KeySteps(
        problem,
        tokenizer.fingerprint(),
        AlignmentRule.REFERENCE.ruleName(),
        prompt,
        right,
        wrong,
        masks == null ? 0 : masks.similarity(),
        masks == null ? 0 : masks.keyShare(),
        DualCot.Origin.CORRUPTED,
        null);
  }

  private int[] ended(Encoding encoding) {
    int[] ids = Arrays.copyOf(encoding.ids(), encoding.length() + 1);
    ids[encoding.length()] = endToken;
    return ids;
  }

  private int[] after(int[] prompt, Encoding response) {
    int[] ended = ended(response);
    int[] sequence = Arrays.copyOf(prompt, prompt.length + ended.length);
    System.arraycopy(ended, 0, sequence, prompt.length, ended.length);
    return sequence;
  }

  private KeySteps.Side side(String text, Encoding encoding, KeySpans spans, int promptLength) {
    int n = spans == null ? 0 : spans.spanCount();
    int[][] tokens = new int[n][];
    int[][] characters = new int[n][];
    int free = 0;
    for (int span = 0; span < n; span++) {
      int start = spans.start(span) - promptLength;
      int last = spans.end(span) - promptLength - 1;
      int from =
          Math.max(free, start == encoding.length() ? text.length() : encoding.charStart()[start]);
      free = Math.max(from, last == encoding.length() ? text.length() : encoding.charEnd()[last]);
      tokens[span] = new int[] {start, last + 1};
      characters[span] = new int[] {from, free};
    }
    return new KeySteps.Side(text, ended(encoding), tokens, characters);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
