package dev.edit.generator.domain.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.InvalidRecordException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathSimilarityTest {

  @ParameterizedTest
  @CsvSource({
    "one two three four,one two three four,1",
    "one two three four,one two  five\tfour,0.75",
    "one two three four,one two,0.5",
    "one,two,0",
    "one,two three four,0"
  })
  void shouldCountWordsWhenTextsDiffer(String text, String other, double similarity) {
    assertThat(PathSimilarity.of(text, other)).isCloseTo(similarity, within(1e-12));
    assertThat(PathSimilarity.of(other, text)).isCloseTo(similarity, within(1e-12));
  }

  @Test
  void shouldEqualThePlainTableWhenTextsAreRandom() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      String[] one = words(random);
      String[] other = random.nextBoolean() ? words(random) : edited(one, random);
      double plain = 1 - (double) distance(one, other) / Math.max(one.length, other.length);
      assertThat(PathSimilarity.of(String.join(" ", one), String.join("\n", other)))
          .as("seed %d", seed)
          .isCloseTo(plain, within(1e-12));
    }
  }

  @Test
  void shouldFollowNoPathWhenATextIsEndless() {
    String endless =
        Stream.generate(() -> "on")
            .limit(PathSimilarity.MOST_WORDS + 1)
            .collect(Collectors.joining(" "));
    assertThat(PathSimilarity.of(endless, endless)).isZero();
  }

  @Test
  void shouldIncludeItsBoundsWhenTheyHold() {
    PathBounds bounds = new PathBounds(0.32, 0.9);
    assertThat(bounds.hold(0.32)).isTrue();
    assertThat(bounds.hold(0.9)).isTrue();
    assertThat(bounds.hold(0.319)).isFalse();
    assertThat(bounds.hold(0.901)).isFalse();
    assertThatThrownBy(() -> new PathBounds(0.9, 0.3))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("most");
  }

  private static String[] words(Random random) {
    return random
        .ints(1 + random.nextInt(60), 0, 2 + random.nextInt(12))
        .mapToObj(Integer::toString)
        .toArray(String[]::new);
  }

  private static String[] edited(String[] words, Random random) {
    return Arrays.stream(words)
        .flatMap(
            word ->
                switch (random.nextInt(10)) {
                  case 0 -> Stream.of("x", word);
                  case 1 -> Stream.of("y");
                  default -> Stream.of(word);
                })
        .toArray(String[]::new);
  }

  private static int distance(String[] one, String[] other) {
    int[][] table = new int[one.length + 1][other.length + 1];
    for (int i = 0; i <= one.length; i++) {
      for (int j = 0; j <= other.length; j++) {
        table[i][j] =
            i == 0 || j == 0
                ? i + j
                : Math.min(
                    table[i - 1][j - 1] + (one[i - 1].equals(other[j - 1]) ? 0 : 1),
                    1 + Math.min(table[i - 1][j], table[i][j - 1]));
      }
    }
    return table[one.length][other.length];
  }
}
