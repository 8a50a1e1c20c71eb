package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScorerTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheLogitsOfTheNaiveDecoder(StudentConfig config) {
    for (long seed = 0; seed < 5; seed++) {
      int[] row = RandomStudents.row(new Random(seed), 1 + (int) seed * 9);
      NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, seed));
      try (Student student = RandomStudents.student(config, seed)) {
        float[][] logits = Scorer.logits(student, row);
        double[][] expected = naive.logits(row);
        for (int t = 0; t < row.length; t++) {
          for (int id = 0; id < config.vocabSize(); id++) {
            assertThat((double) logits[t][id])
                .as("seed %d, token %d, id %d", seed, t, id)
                .isEqualTo(expected[t][id], within(TOLERANCE));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheLogProbabilitiesOfTheNaiveDecoderWhenRowsDifferInLength(StudentConfig config) {
    for (long seed = 0; seed < 5; seed++) {
      List<int[]> rows = RandomStudents.rows(new Random(seed), 12, 1, 40);
      NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, seed));
      try (Student student = RandomStudents.student(config, seed)) {
        double[][] scores = Scorer.logProbabilities(student, rows);
        for (int row = 0; row < rows.size(); row++) {
          assertThat(scores[row])
              .as("seed %d, row %d", seed, row)
              .containsExactly(naive.logProbabilities(rows.get(row)), within(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldNameRowAndTokenWhenAnIdIsOutsideTheVocabulary(StudentConfig config) {
    try (Student student = RandomStudents.student(config, 1)) {
      List<int[]> rows = List.of(new int[] {3, 4}, new int[] {3, RandomStudents.VOCABULARY});
      assertThatThrownBy(() -> Scorer.logProbabilities(student, rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("row 1: token 1 is 19, expected an id from 0 to 18");
    }
  }
}
