package dev.edit.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySpansTest {

  @Test
  void shouldGiveTheSameIndexesBackWhenBuiltFromThem() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int length = random.nextInt(40);
      boolean[] mask = new boolean[length];
      for (int i = 0; i < length; i++) {
        mask[i] = random.nextInt(3) > 0;
      }
      int[] indexes = IntStream.range(0, length).filter(i -> mask[i]).toArray();

      KeySpans spans = KeySpans.ofTokenIndexes(indexes);

      assertThat(spans.tokenIndexes()).as("seed %d", seed).isEqualTo(indexes);
      assertThat(spans.tokenCount()).as("seed %d", seed).isEqualTo(indexes.length);
      assertThat(KeySpans.ofBounds(spans.bounds())).as("seed %d", seed).isEqualTo(spans);
      for (int i = 0; i < length; i++) {
        assertThat(spans.contains(i)).as("seed %d, token %d", seed, i).isEqualTo(mask[i]);
      }
      int cut = random.nextInt(length + 1);
      assertThat(spans.before(cut).tokenIndexes())
          .as("seed %d", seed)
          .isEqualTo(Arrays.stream(indexes).filter(i -> i < cut).toArray());
    }
  }

  @Test
  void shouldRefuseWhenSpansTouch() {
    assertThatThrownBy(() -> KeySpans.ofBounds(1, 2, 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bounds[2]: expected a number above 2, got 2");
  }

  @Test
  void shouldShowHalfOpenSpansWhenPrinted() {
    assertThat(KeySpans.ofTokenIndexes(0, 1, 5)).hasToString("{[0, 2), [5, 6)}");
  }
}
