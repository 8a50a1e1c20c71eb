package dev.edit.student.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DtypeTest {

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F16", "BF16"})
  void shouldKeepEveryValueOfSixteenBits(Dtype dtype) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = decode(dtype, (short) bits);
      double naive = naive(dtype, bits);
      if (Double.isNaN(naive)) {
        assertThat(value).isNaN();
        assertThat(decode(dtype, encode(dtype, value))).isNaN();
      } else {
        assertThat((double) value).as("bits %x", bits).isEqualTo(naive);
        assertThat(encode(dtype, value)).as("bits %x", bits).isEqualTo((short) bits);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F16", "BF16"})
  void shouldRoundToTheNearestValueTiesToEven(Dtype dtype) {
    for (long seed = 0; seed < 50_000; seed++) {
      float value = randomFloat(new Random(seed), dtype);
      int below = floorBits(dtype, Math.abs(value));
      double low = naive(dtype, below);
      double high = naive(dtype, below + 1);
      // Where the upper neighbour is infinite, rounding takes the value that would come next.
      double next = Double.isInfinite(high) ? 2 * low - naive(dtype, below - 1) : high;
      double middle = (low + next) / 2;
      double magnitude = Math.abs((double) value);
      int nearest =
          magnitude > middle || (magnitude == middle && below % 2 != 0) ? below + 1 : below;
      int sign = Float.floatToRawIntBits(value) < 0 ? 1 << 15 : 0;
      assertThat(encode(dtype, value))
          .as("seed %d, %s of %s", seed, dtype, value)
          .isEqualTo((short) (nearest | sign));
    }
  }

  @Test
  void shouldTellWhichValuesDoNotFit() {
    assertThat(Dtype.F16.overflows(65_519.996f)).isFalse();
    assertThat(Dtype.F16.overflows(-65_520f)).isTrue();
    assertThat(Dtype.F16.overflows(Float.POSITIVE_INFINITY)).isFalse();
    assertThat(Dtype.BF16.overflows(3.38e38f)).isFalse();
    assertThat(Dtype.BF16.overflows(Float.MAX_VALUE)).isTrue();
  }

  @Test
  void shouldListTheTypesWhenThereIsNoneOfThatName() {
    assertThat(Dtype.ofTorchName("bfloat16")).isEqualTo(Dtype.BF16);
    assertThatThrownBy(() -> Dtype.ofTorchName("int8"))
        .hasMessage("dtype is int8, expected one of float32, float16, bfloat16");
  }

  /** A value of any size, a value of ordinary size, or exactly between two neighbours. */
  private static float randomFloat(Random random, Dtype dtype) {
    float value =
        switch (random.nextInt(3)) {
          case 0 -> Float.intBitsToFloat(random.nextInt());
          case 1 -> (float) random.nextGaussian();
          default -> {
            int bits = random.nextInt(0x7000);
            yield (float) ((naive(dtype, bits) + naive(dtype, bits + 1)) / 2);
          }
        };
    return Float.isNaN(value) || Float.isInfinite(value) ? 1f : value;
  }

  /**
   * Bits of the largest value that is not above {@code magnitude}: bits of values grow with them.
   */
  private static int floorBits(Dtype dtype, double magnitude) {
    int low = 0;
    int high = 1 << 15;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      double value = naive(dtype, middle);
      if (!Double.isNaN(value) && value <= magnitude) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The value of bits by the definition: sign, exponent and fraction. */
  private static double naive(Dtype dtype, int bits) {
    int width = dtype == Dtype.F16 ? 10 : 7;
    int bias = dtype == Dtype.F16 ? 15 : 127;
    int exponent = (bits & 0x7fff) >> width;
    double fraction = (bits & (1 << width) - 1) / (double) (1 << width);
    double sign = (bits & 0x8000) != 0 ? -1 : 1;
    if (exponent == 2 * bias + 1) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * Math.pow(2, 1 - bias)
        : sign * (1 + fraction) * Math.pow(2, exponent - bias);
  }

  private static float decode(Dtype dtype, short bits) {
    float[] value = new float[1];
    dtype.decode(buffer().putShort(0, bits), value, 0, 1);
    return value[0];
  }

  private static short encode(Dtype dtype, float value) {
    ByteBuffer bytes = buffer();
    dtype.encode(new float[] {value}, 0, 1, bytes);
    return bytes.getShort(0);
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
  }
}
