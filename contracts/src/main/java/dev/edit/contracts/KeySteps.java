package dev.edit.contracts;

import java.util.Optional;

/**
 * A dual CoT on the student's tokens, with its key steps marked: what the trainer reads.
 *
 * @param problem the problem
 * @param tokenizer the fingerprint of the tokenizer that gave the ids
 * @param rule the alignment rule's name
 * @param promptIds token ids of the student's prompt
 * @param right the right side
 * @param wrong the wrong side; null where the record is good for SFT only
 * @param similarity 1 - distance / length of the longer response, in [0, 1]; 0 without a wrong side
 * @param keyFraction the share of key tokens among both sides' response tokens, in [0, 1]; 0
 *     without a wrong side
 * @param origin which side the teacher wrote first
 * @param mistake the wrong side's mistake pattern; null where it was not mined
 */
public record KeySteps(
    Problem problem,
    String tokenizer,
    String rule,
    int[] promptIds,
    Side right,
    Side wrong,
    double similarity,
    double keyFraction,
    DualCot.Origin origin,
    MistakePattern mistake)
    implements EventRecord {

  public KeySteps {
    Require.present("problem", problem);
    Require.text("tokenizer", tokenizer);
    Require.text("rule", rule);
    Require.present("promptIds", promptIds);
    Require.present("right", right);
    Require.within("similarity", similarity, 0, 1);
    Require.within("keyFraction", keyFraction, 0, 1);
    Require.present("origin", origin);
  }

  @Override
  public String key() {
    return problem.id();
  }

  /** The wrong side, if there is one. */
  public Optional<Side> dual() {
    return Optional.ofNullable(wrong);
  }

  /**
   * One response.
   *
   * @param text the chain of thought
   * @param ids its token ids, the last one EOS
   * @param keyTokens key spans as half-open [start, end) indexes into {@code ids}, ascending,
   *     disjoint
   * @param keyCharacters the same spans as half-open UTF-16 ranges of {@code text}; a span of EOS
   *     alone is empty at the end
   */
  public record Side(String text, int[] ids, int[][] keyTokens, int[][] keyCharacters) {
    public Side {
      Require.text("text", text);
      Require.present("ids", ids);
      Require.present("keyTokens", keyTokens);
      Require.present("keyCharacters", keyCharacters);
      requireSpans("keyTokens", keyTokens, ids.length);
      requireSpans("keyCharacters", keyCharacters, text.length());
      if (keyTokens.length != keyCharacters.length) {
        throw new InvalidRecordException(
            "keyCharacters",
            keyCharacters.length + " spans",
            keyTokens.length + " spans, as many as keyTokens");
      }
    }

    /** How many tokens are key. */
    public int keyCount() {
      int count = 0;
      for (int[] span : keyTokens) {
        count += span[1] - span[0];
      }
      return count;
    }

    private static void requireSpans(String field, int[][] spans, int length) {
      int from = 0;
      for (int[] span : spans) {
        if (span.length != 2 || span[0] < from || span[1] < span[0] || span[1] > length) {
          throw new InvalidRecordException(
              field,
              java.util.Arrays.toString(span),
              "an ascending half-open span within [" + from + ", " + length + "]");
        }
        from = span[1];
      }
    }
  }
}
