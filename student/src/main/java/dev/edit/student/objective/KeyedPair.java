package dev.edit.student.objective;

/**
 * A right and a wrong response to the same prompt, with their key tokens marked.
 *
 * @param right the right response with its prompt
 * @param rightKey one mark per token of the right response
 * @param wrong the wrong response with its prompt
 * @param wrongKey one mark per token of the wrong response
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public record KeyedPair(Example right, boolean[] rightKey, Example wrong, boolean[] wrongKey) {

  /** Checks that every response token has one mark. */
  public KeyedPair {
    sameLength("rightKey", rightKey, right);
    sameLength("wrongKey", wrongKey, wrong);
  }

  private static void sameLength(String field, boolean[] key, Example side) {
    if (key.length != side.response().length) {
      throw new IllegalArgumentException(
          "%s has %d marks, expected one per response token: %d"
              .formatted(field, key.length, side.response().length));
    }
  }
}
