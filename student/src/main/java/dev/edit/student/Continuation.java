package dev.edit.student;

/**
 * What followed a prompt.
 *
 * @param tokens its tokens, with the one that ended it
 * @param ending why it ended there
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public record Continuation(int[] tokens, Ending ending) {

  /** Why a continuation ended. */
  public enum Ending {
    /** Its last token is one that ends continuations. */
    END_TOKEN,
    /** The {@link StopRule} holds from its last token on. */
    STOP_RULE,
    /** It was cut at the most tokens that were asked for, or at the student's last position. */
    LENGTH
  }
}
