package dev.edit.student.files;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a file holds the values of a tensor. Java computes in float32: narrower values widen exactly
 * when read, and round to the nearest, ties to even, when written.
 */
public enum Dtype {
  /** 32-bit floating point: read and written bit for bit. */
  F32(4, "float32") {
    @Override
    void decode(ByteBuffer bytes, float[] target, int from, int count) {
      bytes.asFloatBuffer().get(target, from, count);
    }

    @Override
    void encode(float[] values, int from, int count, ByteBuffer bytes) {
      FloatBuffer floats = bytes.asFloatBuffer();
      floats.put(values, from, count);
    }
  },
  /** IEEE 754 half precision; the largest finite value is 65,504. */
  F16(2, "float16") {
    @Override
    void decode(ByteBuffer bytes, float[] target, int from, int count) {
      ShortBuffer halves = bytes.asShortBuffer();
      for (int i = 0; i < count; i++) {
        target[from + i] = Half.toFloat(halves.get(i));
      }
    }

    @Override
    void encode(float[] values, int from, int count, ByteBuffer bytes) {
      ShortBuffer halves = bytes.asShortBuffer();
      for (int i = 0; i < count; i++) {
        halves.put(i, Half.ofFloat(values[from + i]));
      }
    }
  },
  /** The upper half of float32: its range with 8 bits of precision. */
  BF16(2, "bfloat16") {
    @Override
    void decode(ByteBuffer bytes, float[] target, int from, int count) {
      ShortBuffer halves = bytes.asShortBuffer();
      for (int i = 0; i < count; i++) {
        target[from + i] = Float.intBitsToFloat(halves.get(i) << 16);
      }
    }

    @Override
    void encode(float[] values, int from, int count, ByteBuffer bytes) {
      ShortBuffer halves = bytes.asShortBuffer();
      for (int i = 0; i < count; i++) {
        halves.put(i, Half.bfloat(values[from + i]));
      }
    }
  };

  private final int bytes;
  private final String torchName;

  Dtype(int bytes, String torchName) {
    this.bytes = bytes;
    this.torchName = torchName;
  }

  /** Size of a value in a file. */
  public int bytes() {
    return bytes;
  }

  /** The name in {@code torch_dtype} of {@code config.json}, such as {@code bfloat16}. */
  public String torchName() {
    return torchName;
  }

  /** The type with a {@linkplain #torchName() name}; the error lists those that there are. */
  public static Dtype ofTorchName(String name) {
    return Arrays.stream(values())
        .filter(type -> type.torchName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "dtype is %s, expected one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Dtype::torchName)
                                .collect(Collectors.joining(", ")))));
  }

  static Optional<Dtype> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Reads {@code count} values from the start of {@code bytes}. */
  abstract void decode(ByteBuffer bytes, float[] target, int from, int count);

  /** Writes {@code count} values from {@code from} on to the start of {@code bytes}. */
  abstract void encode(float[] values, int from, int count, ByteBuffer bytes);

  /** Whether the finite {@code value} becomes infinite in this type. */
  boolean overflows(float value) {
    return switch (this) {
      case F32 -> false;
      case F16 -> Float.isFinite(value) && Float.isInfinite(Half.toFloat(Half.ofFloat(value)));
      case BF16 ->
          Float.isFinite(value) && Float.isInfinite(Float.intBitsToFloat(Half.bfloat(value) << 16));
    };
  }
}
