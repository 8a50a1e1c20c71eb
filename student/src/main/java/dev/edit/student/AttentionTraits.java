package dev.edit.student;

/**
 * What attention does besides attending to all earlier tokens without biases.
 *
 * @param queryKeyValueBias whether the query, key and value projections add a bias
 * @param outputBias whether the output projection adds a bias
 * @param slidingWindow W: token t attends to the tokens t - W + 1 to t; 0 where there is no window
 * @param firstWindowedLayer the window holds in this layer and all above; layers below it attend to
 *     all earlier tokens
 */
public record AttentionTraits(
    boolean queryKeyValueBias, boolean outputBias, int slidingWindow, int firstWindowedLayer) {

  /** No biases, no window. */
  public static final AttentionTraits PLAIN = new AttentionTraits(false, false, 0, 0);

  /** Checks the window; an error names the field. */
  public AttentionTraits {
    StudentConfig.check(
        slidingWindow >= 0, "sliding_window", slidingWindow, "a positive integer, or null");
    StudentConfig.check(
        firstWindowedLayer >= 0, "max_window_layers", firstWindowedLayer, "an integer from 0 on");
    if (slidingWindow == 0) {
      firstWindowedLayer = 0;
    }
  }

  /** The window of a layer, 0 where it attends to all earlier tokens. */
  public int window(int layer) {
    return layer >= firstWindowedLayer ? slidingWindow : 0;
  }

  /** Whether any projection adds a bias. */
  public boolean biased() {
    return queryKeyValueBias || outputBias;
  }
}
