package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GreedyDecoderTest {

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheSameContinuationsWhateverTheBatch(StudentConfig config) {
    List<int[]> prompts = RandomStudents.rows(new Random(11), 13, 1, 25);
    try (Student student = RandomStudents.student(config, 11)) {
      List<int[]> alone = GreedyDecoder.decode(student, prompts, 12, 1);
      for (int batchSize : List.of(2, 5, 13, 100)) {
        assertThat(GreedyDecoder.decode(student, prompts, 12, batchSize))
            .as("batch size %d", batchSize)
            .containsExactly(alone.toArray(new int[0][]));
      }
    }
  }

  @Test
  void shouldStopAtTheLastPositionWhenThePromptIsLong() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    Random random = new Random(12);
    List<int[]> prompts = new ArrayList<>();
    for (int length : List.of(3, RandomStudents.POSITIONS - 1, RandomStudents.POSITIONS - 5)) {
      prompts.add(RandomStudents.row(random, length));
    }
    try (Student student = RandomStudents.student(config, 12)) {
      List<int[]> continuations = GreedyDecoder.decode(student, prompts, 20, Set.of(), 8);
      assertThat(continuations).extracting(tokens -> tokens.length).containsExactly(20, 1, 5);
    }
  }

  @Test
  void shouldGoOnWhenAContinuationOutgrowsTheFirstRotaryTable() {
    StudentConfig config = StudentConfig.of(RandomStudents.VOCABULARY, 16, 24, 1, 2, 600, 2);
    try (Student student = Student.create(config, 3)) {
      List<int[]> prompt = List.of(new int[] {1, 5, 7});
      int[] few = GreedyDecoder.decode(student, prompt, 4, Set.of(), 1).get(0);
      int[] many = GreedyDecoder.decode(student, prompt, 400, Set.of(), 1).get(0);
      assertThat(many).hasSize(400).startsWith(few);
    }
  }

  @Test
  void shouldNameThePromptWhenItLeavesNoPlace() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    int[] full = RandomStudents.row(new Random(13), RandomStudents.POSITIONS);
    try (Student student = RandomStudents.student(config, 13)) {
      assertThatThrownBy(() -> GreedyDecoder.decode(student, List.of(full), 5, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("prompt 0 has 48 tokens, as many as max_position_embeddings");
    }
  }
}
