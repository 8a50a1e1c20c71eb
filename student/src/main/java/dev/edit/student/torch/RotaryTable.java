package dev.edit.student.torch;

import java.util.function.DoubleUnaryOperator;

/**
 * Tables of rotary position embedding as Hugging Face's LLaMA computes them: frequencies and angles
 * in float32, and the two halves of a head share their angles.
 */
final class RotaryTable {
  private RotaryTable() {}

  /** Cosines [positions, size], row-major. */
  static float[] cosines(int positions, int size, double theta) {
    return table(positions, size, theta, Math::cos);
  }

  /** Sines [positions, size], row-major. */
  static float[] sines(int positions, int size, double theta) {
    return table(positions, size, theta, Math::sin);
  }

  private static float[] table(
      int positions, int size, double theta, DoubleUnaryOperator function) {
    float[] table = new float[Math.multiplyExact(positions, size)];
    int half = size / 2;
    for (int i = 0; i < half; i++) {
      float frequency = (float) (1.0 / Math.pow(theta, 2.0 * i / size));
      for (int position = 0; position < positions; position++) {
        float value = (float) function.applyAsDouble(position * frequency);
        table[position * size + i] = value;
        table[position * size + half + i] = value;
      }
    }
    return table;
  }
}
