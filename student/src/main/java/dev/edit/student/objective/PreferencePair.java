package dev.edit.student.objective;

/**
 * A right and a wrong response to the same prompt, with what a frozen reference thinks of them; see
 * {@link ReferenceScores}.
 *
 * @param right the response to prefer, with its prompt
 * @param wrong the other one, with its prompt
 * @param rightReference log p of the right response under the reference, in nats, over its tokens
 * @param wrongReference log p of the wrong response under the reference
 */
public record PreferencePair(
    Example right, Example wrong, double rightReference, double wrongReference) {

  /** Checks that the reference's log-probabilities are finite. */
  public PreferencePair {
    finite("rightReference", rightReference);
    finite("wrongReference", wrongReference);
  }

  private static void finite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field + " is " + value + ", expected a finite number");
    }
  }
}
