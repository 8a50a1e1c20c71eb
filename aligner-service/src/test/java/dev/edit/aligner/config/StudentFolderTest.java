package dev.edit.aligner.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.aligner.StudentFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudentFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    StudentFixture.write(folder);
  }

  @Test
  void shouldTakeTheFirstWhenEosIsAList() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": [3, 1]}");
    assertThatCode(() -> StudentFolder.open(folder).close()).doesNotThrowAnyException();
  }

  @Test
  void shouldNameTheFieldWhenEosIsMissingOrNoNumber() throws IOException {
    for (String config :
        new String[] {"{}", "{\"eos_token_id\": \"</s>\"}", "{\"eos_token_id\": []}"}) {
      Files.writeString(folder.resolve("config.json"), config);
      assertThatThrownBy(() -> StudentFolder.open(folder)).hasMessageContaining("eos_token_id");
    }
  }

  @Test
  void shouldNameTheFieldWhenEosIsNoTokenOfTheVocabulary() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 100000}");
    assertThatThrownBy(() -> StudentFolder.open(folder))
        .hasMessageContaining("eos_token_id")
        .hasMessageContaining("100000");
  }

  @Test
  void shouldNameTheFileWhenOneIsMissing() throws IOException {
    assertThatThrownBy(() -> StudentFolder.open(folder.resolve("none")))
        .hasMessageContaining("edit.aligner.student");
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> StudentFolder.open(folder)).hasMessageContaining("tokenizer.json");
    Files.delete(folder.resolve("config.json"));
    assertThatThrownBy(() -> StudentFolder.open(folder)).hasMessageContaining("config.json");
  }
}
