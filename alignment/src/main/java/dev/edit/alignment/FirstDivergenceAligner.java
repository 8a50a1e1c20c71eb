package dev.edit.alignment;

/**
 * Decorator that keeps the first token of each key span: where a side leaves the other's path, but
 * not how long it stays away.
 */
final class FirstDivergenceAligner implements KeyStepAligner {
  private final KeyStepAligner inner;

  FirstDivergenceAligner(KeyStepAligner inner) {
    this.inner = inner;
  }

  @Override
  public KeyMasks align(int[] right, int[] wrong, int promptLength) {
    KeyMasks whole = inner.align(right, wrong, promptLength);
    return KeyMasks.of(
        whole.rightKey().firsts(),
        whole.wrongKey().firsts(),
        whole.distance(),
        right.length - promptLength,
        wrong.length - promptLength);
  }
}
