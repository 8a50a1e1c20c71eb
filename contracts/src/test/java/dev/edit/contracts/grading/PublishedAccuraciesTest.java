package dev.edit.contracts.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real teacher CoTs, graded by our rule, give the accuracies that their publisher reports. Skipped
 * where the data is not at hand.
 */
class PublishedAccuraciesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path COTS =
      Path.of("").toAbsolutePath().resolve("../../shared/data/teacher-cots").normalize();

  @Test
  void shouldGiveThePublishedAccuracyOfEveryTask() throws IOException {
    assumeTrue(Files.isDirectory(COTS), "no teacher CoTs beside the checkout");
    List<Path> published = list("*.accuracy.json");
    assertThat(published).isNotEmpty();
    for (Path file : published) {
      JsonNode expected = JSON.readTree(file.toFile());
      String task = expected.get("task").textValue();
      List<String> lines = Files.readAllLines(COTS.resolve(task + ".jsonl"));
      long right = 0;
      for (String line : lines) {
        JsonNode cot = JSON.readTree(line);
        right +=
            Grade.of(cot.get("cot").textValue(), cot.get("target").textValue()) == Grade.RIGHT
                ? 1
                : 0;
      }
      assertThat(lines).as(task).hasSize(expected.get("n").intValue());
      assertThat(100.0 * right / lines.size())
          .as(task)
          .isCloseTo(
              expected.get("published_accuracy_percent").doubleValue(),
              org.assertj.core.data.Offset.offset(1e-9));
    }
  }

  private static List<Path> list(String glob) throws IOException {
    try (var files = Files.newDirectoryStream(COTS, glob)) {
      return java.util.stream.StreamSupport.stream(files.spliterator(), false).sorted().toList();
    }
  }
}
