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

  @Test
  void shouldPutRunsAndStagesUnderTheRoot() {
    assertThat(new CheckpointFolders(root).checkpoint("edit-7", "krsl"))
        .isEqualTo(root.resolve("edit-7").resolve("epoch-1").resolve("krsl"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/etc", "a/b", "..", ".", "%2e%2e", "a\u0000b", "", "a..b", "x\\y"})
  void shouldRefuseWhenANameLeavesTheRoot(String name) {
    CheckpointFolders folders = new CheckpointFolders(root);

    assertThatThrownBy(() -> folders.run(name)).isInstanceOf(InvalidRecordException.class);
    assertThatThrownBy(() -> folders.checkpoint("run", name))
        .isInstanceOf(InvalidRecordException.class);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void shouldRefuseWhenANameIsTooLong() {
    assertThatThrownBy(() -> new CheckpointFolders(root).run("x".repeat(300)))
        .isInstanceOf(InvalidRecordException.class);
  }
}
