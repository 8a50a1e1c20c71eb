package dev.edit.contracts;

import java.util.Optional;

/**
 * Two chains of thought along the same path with different conclusions; or a right one alone, good
 * for SFT only.
 *
 * @param problem the problem
 * @param right ends in the gold answer: the teacher's own (origin CORRUPTED) or its rectified one
 *     (origin RECTIFIED)
 * @param wrong ends in another answer; null where no dual could be had
 * @param origin which side the teacher wrote first
 * @param mistake the wrong side's mistake pattern; null where it was not mined
 */
public record DualCot(
    Problem problem, Side right, Side wrong, Origin origin, MistakePattern mistake)
    implements EventRecord {

  public DualCot {
    Require.present("problem", problem);
    Require.present("right", right);
    Require.present("origin", origin);
    if (!right.answer().equals(problem.answer())) {
      throw new InvalidRecordException(
          "right.answer", right.answer(), "the gold answer '" + problem.answer() + "'");
    }
    if (wrong != null && wrong.answer().equals(problem.answer())) {
      throw new InvalidRecordException(
          "wrong.answer", wrong.answer(), "an answer other than the gold answer");
    }
    if (wrong == null && origin == Origin.RECTIFIED) {
      throw new InvalidRecordException(
          "wrong", null, "the wrong chain of thought that was rectified");
    }
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
   * One chain of thought.
   *
   * @param text the text, with its answer sentence
   * @param answer the extracted final answer
   * @param usage what it cost
   */
  public record Side(String text, String answer, TeacherUsage usage) {
    public Side {
      Require.text("text", text);
      Require.present("answer", answer);
      Require.present("usage", usage);
    }
  }

  /**
   * RECTIFIED: a wrong CoT was rectified (D_dual-). CORRUPTED: a right CoT was corrupted (D_dual+).
   */
  public enum Origin {
    RECTIFIED,
    CORRUPTED
  }
}
