package dev.edit.generator.domain.stage;

import dev.edit.generator.domain.teacher.Reply;
import java.util.Locale;

/**
 * Why a stage did not get what it asked for; {@link #code()} stands in dead letters and metrics.
 */
public enum Reason {
  TEACHER_TRUNCATED,
  TEACHER_FILTERED,
  TEACHER_EMPTY,
  TEACHER_MALFORMED,
  TEACHER_OVERSIZE,
  /** Control characters, such as NUL, in the text. */
  TEACHER_CONTROL_CHARACTERS,
  /** No sentence with "the answer is". */
  TEACHER_NO_ANSWER,
  /** Two such sentences that disagree. */
  TEACHER_TWO_ANSWERS,
  /** The endpoint refuses the request: wrong key, unknown model, too long a prompt. */
  TEACHER_REFUSED,
  /** The endpoint stayed away for all retries. */
  TEACHER_UNAVAILABLE,
  /** Told the gold answer, the teacher still ended in another. */
  NOT_RECTIFIED,
  /** Asked for a wrong response, the teacher still ended in the gold answer. */
  NOT_CORRUPTED,
  /** The wrong answer is none that the question allows, such as an option that it does not have. */
  NOT_A_VALID_ANSWER,
  /** The text follows another path than the one it was to be the counterpart of. */
  NOT_SAME_PATH,
  /** The answer to rectify is the gold answer in another form, such as "(B) one" for "(B)". */
  NOT_WRONG,
  /** Asked what is wrong, the teacher named no category. */
  NOT_CLASSIFIED,
  /** The prompt pack knows no such task. */
  NO_PROMPT_FOR_TASK,
  /** The prompt pack's files of the task are not of the layout. */
  INVALID_PROMPT_FILE,
  /** Neither rectified pairs nor seed pairs for a contrastive prompt. */
  NO_EXEMPLARS,
  /** The record, with the problem in it, is larger than what can be sent. */
  TOO_LARGE,
  /** A fault of this program. */
  INTERNAL_ERROR;

  /** The code, such as {@code teacher-no-answer}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Reason of(Reply.Flaw flaw) {
    return switch (flaw) {
      case TRUNCATED -> TEACHER_TRUNCATED;
      case FILTERED -> TEACHER_FILTERED;
      case EMPTY -> TEACHER_EMPTY;
      case MALFORMED -> TEACHER_MALFORMED;
      case OVERSIZE -> TEACHER_OVERSIZE;
    };
  }
}
