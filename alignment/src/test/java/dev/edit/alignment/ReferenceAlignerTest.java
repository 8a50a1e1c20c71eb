package dev.edit.alignment;

import static dev.edit.alignment.SampleSequences.draw;
import static dev.edit.alignment.SampleSequences.edit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceAlignerTest {

  private final KeyStepAligner fast = new ReferenceAligner();
  private final KeyStepAligner naive = new NaiveReferenceAlignment();

  @Test
  void shouldEqualTheTwinWhenShortSequencesAreDrawnFromATinyAlphabet() {
    for (int seed = 0; seed < 60_000; seed++) {
      Random random = new Random(seed);
      int letters = 1 + random.nextInt(4);
      requireSame(
          seed,
          draw(random, random.nextInt(13), letters),
          draw(random, random.nextInt(13), letters));
    }
  }

  @Test
  void shouldEqualTheTwinWhenSequencesHaveNothingToDoWithEachOther() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      int letters = 1 << random.nextInt(14);
      requireSame(
          seed,
          draw(random, random.nextInt(400), letters),
          draw(random, random.nextInt(400), letters));
    }
  }

  @Test
  void shouldEqualTheTwinWhenOneSequenceIsAnEditOfTheOther() {
    for (int seed = 0; seed < 1_500; seed++) {
      Random random = new Random(seed);
      int letters = 1 << random.nextInt(14);
      int[] right = draw(random, random.nextInt(500), letters);
      requireSame(seed, right, edit(random, right, random.nextInt(60), letters));
    }
  }

  @Test
  void shouldEqualTheTwinWhenAStretchIsRepeatedMovedOrCutOut() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      int[] period = draw(random, 1 + random.nextInt(9), 3);
      int[] right =
          IntStream.range(0, random.nextInt(300)).map(i -> period[i % period.length]).toArray();
      int from = random.nextInt(right.length + 1);
      int to = from + random.nextInt(right.length - from + 1);
      int[] cut =
          IntStream.range(0, right.length)
              .filter(i -> i < from || i >= to)
              .map(i -> right[i])
              .toArray();
      requireSame(seed, right, cut);
      requireSame(seed, cut, right);
      requireSame(seed, right, edit(random, cut, random.nextInt(5), 4));
    }
  }

  @Test
  void shouldEqualTheTwinWhenTheNumberOfRowsIsAroundAWord() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      int rows = 64 * (1 + random.nextInt(3)) - 1 + random.nextInt(3);
      requireSame(seed, draw(random, rows, 3), draw(random, 60 + random.nextInt(140), 3));
    }
  }

  @Test
  void shouldEqualTheTwinWhenSequencesAreLong() {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      int letters = seed % 2 == 0 ? 5_000 : 2;
      int[] right = draw(random, 4_096, letters);
      int[] wrong = seed < 2 ? edit(random, right, 300, letters) : draw(random, 4_096, letters);
      requireSame(seed, right, wrong);
    }
  }

  @Test
  void shouldEqualTheTwinWhenSidesAreEmptyIdenticalOrOneSided() {
    int[] some = IntStream.range(0, 700).toArray();
    int[] none = {};
    requireSame(0, none, none);
    requireSame(0, some, none);
    requireSame(0, none, some);
    requireSame(0, some, some.clone());
    requireSame(0, some, Arrays.copyOf(some, 3));
    requireSame(0, Arrays.copyOfRange(some, 650, 700), some);
    requireSame(0, new int[700], new int[699]);
    requireSame(0, new int[] {Integer.MIN_VALUE, -1, 0}, new int[] {-1, Integer.MAX_VALUE, 0});
  }

  @Test
  void shouldEqualTheTwinWhenBothTablesAnswerTheSamePair() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int letters = 2 + random.nextInt(20);
      int[] right = draw(random, 1 + random.nextInt(150), letters);
      int[] wrong = edit(random, right, random.nextInt(80), letters);
      int prefix = CommonPrefix.length(right, wrong, 0);
      if (prefix == Math.min(right.length, wrong.length)) {
        continue;
      }
      KeyMasks expected = naive.align(right, wrong);
      KeyTokens rightKey = new KeyTokens();
      KeyTokens wrongKey = new KeyTokens();

      FurthestReachingTable waves = new FurthestReachingTable();
      int distance = waves.fill(right, wrong, prefix, Integer.MAX_VALUE);
      assertThat(distance).as("seed %d", seed).isEqualTo(expected.distance());
      waves.walk(right.length, wrong.length, distance, rightKey, wrongKey);
      assertThat(rightKey.spans()).as("waves, seed %d", seed).isEqualTo(expected.rightKey());
      assertThat(wrongKey.spans()).as("waves, seed %d", seed).isEqualTo(expected.wrongKey());

      BitParallelTable matrix = new BitParallelTable();
      assertThat(matrix.fill(right, wrong, prefix, expected.distance() + seed % 3))
          .as("seed %d", seed)
          .isEqualTo(expected.distance());
      matrix.walk(right, wrong, prefix, rightKey, wrongKey);
      assertThat(rightKey.spans()).as("matrix, seed %d", seed).isEqualTo(expected.rightKey());
      assertThat(wrongKey.spans()).as("matrix, seed %d", seed).isEqualTo(expected.wrongKey());
    }
  }

  private void requireSame(int seed, int[] right, int[] wrong) {
    int prompt = Math.min(CommonPrefix.length(right, wrong, 0), seed % 4);
    KeyMasks actual = fast.align(right, wrong, prompt);
    KeyMasks expected = naive.align(right, wrong, prompt);
    if (!actual.equals(expected)) {
      // Only then: describing thousands of equal pairs would take longer than aligning them.
      assertThat(actual)
          .as("seed %d, %d and %d tokens", seed, right.length, wrong.length)
          .isEqualTo(expected);
    }
  }
}
