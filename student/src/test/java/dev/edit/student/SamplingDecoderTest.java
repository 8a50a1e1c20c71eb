package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingDecoderTest {
  private static final int LIMIT = 12;

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldDrawLikeTheNaiveSampler(StudentConfig config) {
    int compared = 0;
    try (Student student = RandomStudents.student(config, 31)) {
      NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, 31));
      for (Sampling sampling :
          List.of(new Sampling(1, 1), new Sampling(0.7, 0.8), new Sampling(3, 0.95))) {
        List<int[]> prompts = RandomStudents.rows(new Random(5), 8, 1, 9);
        long[] seeds = new Random(6).longs(prompts.size()).toArray();
        List<int[]> drawn = SamplingDecoder.decode(student, prompts, seeds, sampling, LIMIT, 3);
        for (int i = 0; i < prompts.size(); i++) {
          Draws source = new Draws(seeds[i]);
          double[] draws = DoubleStream.generate(source::next).limit(LIMIT).toArray();
          compared += compare(naive, config, prompts.get(i), drawn.get(i), draws, sampling);
        }
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  /** Compares token by token until a draw falls next to a boundary, where rounding decides. */
  private static int compare(
      NaiveDecoder naive,
      StudentConfig config,
      int[] prompt,
      int[] drawn,
      double[] draws,
      Sampling sampling) {
    int[] row = prompt;
    for (int t = 0; t < drawn.length; t++) {
      double[] share =
          shares(naive.logits(row, prompt.length)[row.length - 1], sampling.temperature());
      int low = naiveDraw(share, draws[t] - 1e-4, sampling.topP() - 1e-4);
      int high = naiveDraw(share, draws[t] + 1e-4, sampling.topP() + 1e-4);
      int token = naiveDraw(share, draws[t], sampling.topP());
      if (low != token || high != token) {
        return t;
      }
      assertThat(drawn[t]).as("token %d of prompt %s", t, Arrays.toString(prompt)).isEqualTo(token);
      row = Arrays.copyOf(row, row.length + 1);
      row[row.length - 1] = token;
    }
    boolean ended = config.eosTokenIds().contains(row[row.length - 1]);
    assertThat(ended || drawn.length == LIMIT).isTrue();
    return drawn.length;
  }

  private static double[] shares(double[] logits, double temperature) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] share = Arrays.stream(logits).map(z -> Math.exp((z - max) / temperature)).toArray();
    double sum = Arrays.stream(share).sum();
    return Arrays.stream(share).map(value -> value / sum).toArray();
  }

  private static int naiveDraw(double[] share, double draw, double topP) {
    List<Integer> falling =
        IntStream.range(0, share.length)
            .boxed()
            .sorted((a, b) -> Double.compare(share[b], share[a]))
            .toList();
    List<Integer> kept = new ArrayList<>();
    double mass = 0;
    for (int token : falling) {
      if (mass < topP) {
        kept.add(token);
        mass += share[token];
      }
    }
    double reached = 0;
    for (int token : kept) {
      reached += share[token];
      if (reached > draw * mass) {
        return token;
      }
    }
    return kept.get(kept.size() - 1);
  }

  @Test
  void shouldNotDependOnTheBatch() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    try (Student student = RandomStudents.student(config, 8)) {
      List<int[]> prompts = RandomStudents.rows(new Random(1), 12, 1, 10);
      long[] seeds = new Random(2).longs(prompts.size()).toArray();
      Sampling sampling = new Sampling(1.2, 0.9);
      List<int[]> together = SamplingDecoder.decode(student, prompts, seeds, sampling, 20, 12);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(
                SamplingDecoder.decode(
                        student, prompts.subList(i, i + 1), new long[] {seeds[i]}, sampling, 20, 1)
                    .get(0))
            .isEqualTo(together.get(i));
      }
      List<int[]> others = SamplingDecoder.decode(student, prompts, new long[12], sampling, 20, 12);
      assertThat(others).usingRecursiveComparison().isNotEqualTo(together);
    }
  }

  @Test
  void shouldTakeTheMostProbableTokenWhenTopPLeavesNoOther() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    try (Student student = RandomStudents.student(config, 8)) {
      List<int[]> prompts = RandomStudents.rows(new Random(1), 5, 1, 10);
      assertThat(
              SamplingDecoder.decode(
                  student, prompts, new long[5], new Sampling(1, 1e-9), LIMIT, 5))
          .usingRecursiveComparison()
          .isEqualTo(GreedyDecoder.decode(student, prompts, LIMIT, 5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1,1,temperature is -1.0",
    "NaN,1,temperature is NaN",
    "1,0,top-p is 0.0",
    "1,1.1,top-p is 1.1"
  })
  void shouldNameTheFieldWhenOutOfRange(double temperature, double topP, String message) {
    assertThatThrownBy(() -> new Sampling(temperature, topP)).hasMessageContaining(message);
  }
}
