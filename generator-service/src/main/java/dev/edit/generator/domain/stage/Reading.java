package dev.edit.generator.domain.stage;

/**
 * What a stage found in a reply's text.
 *
 * @param <T> what it looked for
 */
sealed interface Reading<T> {
  /** It is there. */
  record Found<T>(T value) implements Reading<T> {}

  /** It is not, so the text cannot be used. */
  record Missing<T>(Reason reason, String message) implements Reading<T> {}
}
