package dev.edit.student;

/**
 * Cosines and sines of rotary positions as Hugging Face computes them: frequencies and angles in
 * float32. The two halves of a head share their angles: rows are positions, E / 2 numbers each.
 */
final class RotaryTable {
  private final StudentConfig config;

  RotaryTable(StudentConfig config) {
    this.config = config;
  }

  /**
   * Whether frequencies depend on a row's length, which they do beyond {@code
   * max_position_embeddings} under {@link RopeScaling.Dynamic}.
   */
  boolean dependsOnLength(int length) {
    return config.rope().scaling() instanceof RopeScaling.Dynamic
        && length > config.maxPositionEmbeddings();
  }

  /** Writes positions 0 to length - 1 of a row of {@code length} tokens to row {@code at} on. */
  void fill(float[] cosines, float[] sines, int at, int length) {
    float[] frequencies = frequencies(length);
    for (int position = 0; position < length; position++) {
      fillRow(cosines, sines, at + position, position, frequencies);
    }
  }

  /**
   * Writes to every row t from {@code from} to {@code to} - 1 what a token at position t sees as
   * the last of its row: the positions of a continuation that grows token by token.
   */
  void fillGrowing(float[] cosines, float[] sines, int from, int to) {
    float[] frequencies = frequencies(1);
    for (int position = from; position < to; position++) {
      if (dependsOnLength(position + 1)) {
        frequencies = frequencies(position + 1);
      }
      fillRow(cosines, sines, position, position, frequencies);
    }
  }

  private void fillRow(float[] cosines, float[] sines, int row, int position, float[] frequencies) {
    int from = row * frequencies.length;
    for (int i = 0; i < frequencies.length; i++) {
      float angle = position * frequencies[i];
      cosines[from + i] = (float) Math.cos(angle);
      sines[from + i] = (float) Math.sin(angle);
    }
  }

  /** Frequencies [E / 2] of a row of {@code length} tokens. */
  private float[] frequencies(int length) {
    RopeScaling scaling = config.rope().scaling();
    double theta = config.rope().theta();
    int size = config.headDim();
    if (scaling instanceof RopeScaling.Dynamic dynamic && dependsOnLength(length)) {
      double stretch =
          dynamic.factor() * length / config.maxPositionEmbeddings() - (dynamic.factor() - 1);
      theta *= Math.pow(stretch, size / (size - 2.0));
    }
    float[] frequencies = new float[size / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float frequency = (float) (1.0 / Math.pow(theta, 2.0 * i / size));
      if (scaling instanceof RopeScaling.Linear linear) {
        frequency = (float) (frequency / linear.factor());
      } else if (scaling instanceof RopeScaling.Llama3 llama3) {
        frequency = stretched(frequency, llama3);
      }
      frequencies[i] = frequency;
    }
    return frequencies;
  }

  /** Low frequencies are divided, high ones stay, those between are blended. */
  private static float stretched(float frequency, RopeScaling.Llama3 scaling) {
    double waveLength = 2 * Math.PI / frequency;
    double low = scaling.originalPositions() / scaling.lowFreqFactor();
    double high = scaling.originalPositions() / scaling.highFreqFactor();
    if (waveLength > low) {
      return (float) (frequency / scaling.factor());
    }
    if (waveLength < high) {
      return frequency;
    }
    double kept =
        (scaling.originalPositions() / waveLength - scaling.lowFreqFactor())
            / (scaling.highFreqFactor() - scaling.lowFreqFactor());
    return (float) ((1 - kept) * frequency / scaling.factor() + kept * frequency);
  }
}
