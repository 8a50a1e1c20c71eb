package dev.edit.cli.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Evaluation.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradedFileTest {
  private static final String RIGHT =
      "{\"question\":\"q\",\"target\":\"Yes\",\"cot\":\"So the answer is Yes.\"}";
  private static final String WRONG =
      "{\"question\":\"q\",\"target\":\"No\",\"cot\":\"So the answer is Yes.\"}";
  private static final String UNANSWERED =
      "{\"question\":\"q\",\"target\":\"No\",\"cot\":\"No.\",\"task\":\"other\"}";

  @TempDir Path folder;

  @Test
  void shouldCountPerTaskAndOverallWhenLinesAreGraded() throws Exception {
    Path file =
        Files.write(folder.resolve("navigate.jsonl"), List.of(RIGHT, WRONG, "", UNANSWERED));

    GradedFile graded = GradedFile.read(file);

    assertThat(graded.overall()).isEqualTo(Score.of(1, 3, 1));
    assertThat(graded.tasks()).containsOnlyKeys("navigate", "other");
    assertThat(graded.tasks().get("navigate")).isEqualTo(Score.of(1, 2, 0));
  }

  @Test
  void shouldReadEveryFileWhenGivenAFolder() throws Exception {
    Files.write(folder.resolve("a.jsonl"), List.of(RIGHT));
    Files.write(folder.resolve("b.jsonl"), List.of(WRONG));
    Files.write(folder.resolve("notes.txt"), List.of("no JSON"));

    assertThat(GradedFile.read(folder).tasks()).containsOnlyKeys("a", "b");
  }

  @Test
  void shouldNameLineAndFieldWhenAFieldIsMissing() throws Exception {
    Path file = Files.write(folder.resolve("a.jsonl"), List.of(RIGHT, "{\"question\":\"q\"}"));

    assertThatThrownBy(() -> GradedFile.read(file))
        .hasMessageContaining("a.jsonl:2")
        .hasMessageContaining("field 'cot'");
    Path broken = Files.write(folder.resolve("b.jsonl"), List.of("{"));
    assertThatThrownBy(() -> GradedFile.read(broken)).hasMessageContaining("b.jsonl:1");
    Path empty = Files.write(folder.resolve("c.jsonl"), List.of());
    assertThatThrownBy(() -> GradedFile.read(empty)).hasMessageContaining("at least one line");
  }
}
