package dev.edit.student.files;

/** The two 16-bit formats in terms of bits; Java 17 has neither. */
final class Half {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int QUIET = 0x0200;
  private static final int FLOAT_INFINITY = 0x7f80_0000;

  /** 65,520: from here on the nearest half is infinite. */
  private static final int OVERFLOW = 0x477f_f000;

  /** 2^-14, the smallest normal half. */
  private static final int SMALLEST_NORMAL = 0x3880_0000;

  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private Half() {}

  /** The value of an IEEE 754 half; exact. */
  static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * SUBNORMAL_UNIT;
      return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | sign);
    }
    int bits = exponent == 0x1f ? FLOAT_INFINITY : exponent + 112 << 23;
    return Float.intBitsToFloat(sign | bits | fraction << 13);
  }

  /** The nearest IEEE 754 half, ties to even; NaN stays NaN. */
  static short ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    int magnitude = bits & 0x7fff_ffff;
    if (magnitude > FLOAT_INFINITY) {
      return (short) (sign | INFINITY | QUIET | magnitude >> 13 & 0x3ff);
    }
    if (magnitude >= OVERFLOW) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < SMALLEST_NORMAL) {
      // A whole number of 2^-24; the product is exact, rint rounds ties to even.
      return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
    }
    int rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
    return (short) (sign | (rounded >> 13) - (112 << 10));
  }

  /** The nearest bfloat16, ties to even; NaN stays NaN. */
  static short bfloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
