package dev.edit.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.KeySteps;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
  private static final String RIGHT = "One and one. Therefore, the answer is 2.";
  private static final String WRONG = "One and one. Therefore, the answer is 3.";

  @TempDir Path folder;
  private Path student;

  @BeforeEach
  void writeTokenizer() throws IOException {
    student = Files.createDirectories(folder.resolve("student"));
    WordTokenizerFile.fromSamples(List.of("How many?\n", RIGHT, WRONG), 20).writeTo(student);
    Files.writeString(student.resolve("config.json"), "{\"eos_token_id\": 3}");
  }

  private List<KeySteps> read(String lines) throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), lines);
    TrainingData data = TrainingData.of(input, student, folder.resolve("run/data.jsonl"));
    List<KeySteps> records =
        Files.readAllLines(data.file()).stream()
            .map(
                line ->
                    RecordCodec.of(KeySteps.class).decode(line.getBytes(StandardCharsets.UTF_8)))
            .toList();
    assertThat(data.records()).isEqualTo(records.size());
    return records;
  }

  private static String pair(String fields) {
    return "{\"prompt\": \"How many?\", \"right\": \"%s\"%s}\n".formatted(RIGHT, fields);
  }

  @Test
  void shouldFindTheKeyStepWhenALineIsAPair() throws IOException {
    KeySteps record = read(pair(", \"wrong\": \"%s\", \"id\": \"sums/1\"".formatted(WRONG))).get(0);

    assertThat(record.key()).isEqualTo("sums/1");
    assertThat(record.problem().answer()).isEqualTo("2");
    int[] key = record.right().keyCharacters()[0];
    assertThat(record.right().keyTokens()).hasNumberOfRows(1);
    assertThat(RIGHT.substring(key[0], key[1]).strip()).isEqualTo("2");
    int[] ids = record.wrong().ids();
    assertThat(ids[ids.length - 1]).isEqualTo(3);
    assertThat(record.similarity()).isBetween(0.8, 1.0);
  }

  @Test
  void shouldReadARightSideAloneAndNameItByItsLine() throws IOException {
    List<KeySteps> records = read(pair("") + pair(""));

    assertThat(records).extracting(KeySteps::key).containsExactly("line/1", "line/2");
    assertThat(records.get(0).dual()).isEmpty();
    assertThat(records.get(0).right().keyTokens()).isEmpty();
  }

  @Test
  void shouldPassKeyStepsOnAsTheyAre() throws IOException {
    read(pair(", \"wrong\": \"%s\"".formatted(WRONG)));
    String line = Files.readString(folder.resolve("run/data.jsonl"));

    read(line);

    assertThat(folder.resolve("run/data.jsonl")).hasContent(line);
  }

  @Test
  void shouldNameTheLineWhenItIsNeither() {
    assertThatThrownBy(() -> read(pair("") + "{\"text\": \"x\"}\n"))
        .hasMessageContaining("2")
        .hasMessageContaining("expected a KeySteps record or {prompt, right, wrong}");
    assertThat(folder.resolve("run/data.jsonl")).doesNotExist();
  }
}
