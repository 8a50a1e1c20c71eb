package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.artifacts.ArtifactStore;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochFenceTest {
  @TempDir private Path root;

  private ArtifactStore store() {
    return Samples.store(root);
  }

  @Test
  void shouldLetTheLatestAttemptPassAndStopTheOlderOne() throws IOException {
    EpochFence first = EpochFence.claim(store(), "run", 1);
    first.check();

    EpochFence second = EpochFence.claim(store(), "run", 2);

    assertThatCode(second::check).doesNotThrowAnyException();
    assertThatThrownBy(first::check)
        .isInstanceOf(EpochFence.OutdatedException.class)
        .hasMessageContaining("attempt 2")
        .hasMessageContaining("attempt 1");
  }

  @Test
  void shouldRefuseTheOlderAttemptWhenItComesLate() throws IOException {
    EpochFence.claim(store(), "run", 3);

    assertThatThrownBy(() -> EpochFence.claim(store(), "run", 2))
        .isInstanceOf(EpochFence.OutdatedException.class);
    assertThat(root.resolve("run/epoch")).hasContent("3");
  }

  @Test
  void shouldLetAWorkerOfTheSameAttemptComeAgain() throws IOException {
    EpochFence.claim(store(), "run", 2);

    assertThatCode(() -> EpochFence.claim(store(), "run", 2).check()).doesNotThrowAnyException();
  }

  @Test
  void shouldNameTheFileWhenItHoldsNoNumber() throws IOException {
    store().put("run/epoch", "two".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> EpochFence.claim(store(), "run", 2)).hasMessageContaining("epoch");
  }

  @Test
  void shouldKeepTheLaterAttemptsCheckpointWhenAnOlderWorkerWritesLate() throws IOException {
    EpochFence older = EpochFence.claim(store(), "run-1", 1);
    EpochFence.claim(store(), "run-1", 2);
    CheckpointFolders folders = new CheckpointFolders(store(), root, older);

    Run run = Samples.run(Recipe.EDIT, 1, 1);

    assertThatThrownBy(
            () -> folders.write(run, "sft", new FakeStudent(), (at, sha256) -> checkpoint()))
        .isInstanceOf(EpochFence.OutdatedException.class);
    assertThat(root.resolve("run-1/epoch-1")).isEmptyDirectory();
  }

  private static Checkpoint checkpoint() {
    String json =
        """
        {"schemaVersion": 1, "run": "run-1", "recipe": "edit", "seed": 7, "stage": "sft",
         "step": 1, "last": true, "uri": "u", "sha256": "s",
         "manifest": {"offsets": [], "datasetSha256": "d", "records": 1,
          "examples": {"sft": 1, "krsl": 0}, "tooLong": 0, "tokens": 1, "trainSeconds": 1.0,
          "initialSha256": "i", "tokenizer": "t"}}
        """;
    return RecordCodec.of(Checkpoint.class).decode(json.getBytes(StandardCharsets.UTF_8));
  }
}
