package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.InvalidRecordException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFoldersTest {
  @TempDir Path root;

  private CheckpointFolders folders() {
    return new CheckpointFolders(Samples.store(root), root, null);
  }

  @Test
  void shouldPutRunsAndStagesUnderTheRoot() {
    assertThat(folders().checkpoint("edit-7", "krsl")).isEqualTo("edit-7/epoch-1/krsl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/etc", "a/b", "..", ".", "%2e%2e", "a\u0000b", "", "a..b", "x\\y"})
  void shouldRefuseWhenANameLeavesTheRoot(String name) {
    CheckpointFolders folders = folders();

    assertThatThrownBy(() -> CheckpointFolders.work(root, name))
        .isInstanceOf(InvalidRecordException.class);
    assertThatThrownBy(() -> folders.checkpoint("run", name))
        .isInstanceOf(InvalidRecordException.class);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void shouldRefuseWhenANameIsTooLong() {
    assertThatThrownBy(() -> folders().checkpoint("x".repeat(300), "sft"))
        .isInstanceOf(InvalidRecordException.class);
  }
}
