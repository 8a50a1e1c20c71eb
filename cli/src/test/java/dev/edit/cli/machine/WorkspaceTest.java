package dev.edit.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.cli.CommandFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void shouldSayHowMuchIsMissingWhenTheDiskIsFull() {
    assertThatThrownBy(() -> Workspace.create(folder, 1, Clock.systemUTC(), Long.MAX_VALUE))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("too little disk space");
  }

  @Test
  void shouldTakeAnotherFolderWhenTheNameIsTaken() {
    Clock fixed = Clock.fixed(START, java.time.ZoneOffset.UTC);

    assertThat(Workspace.create(folder, 1, fixed, 0).folder().getFileName())
        .hasToString("20260101-000000-1");
    assertThat(Workspace.create(folder, 1, fixed, 0).folder().getFileName())
        .hasToString("20260101-000000-1-2");
  }

  @Test
  void shouldNameTheModuleWhenItIsNotBuilt() {
    assertThatThrownBy(() -> new Installation(folder).jarOf("trainer-service"))
        .hasMessageContaining("trainer-service is not built")
        .hasMessageContaining("mvnw");
  }

  @Test
  void shouldLeaveNothingWhenItIsDeleted() throws Exception {
    Workspace workspace = Workspace.create(folder, 1, Clock.systemUTC(), 0);

    workspace.delete();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldNameTheSettingsWhenTheEnvironmentSetsAccessToKafka() {
    assertThatThrownBy(() -> LocalPipeline.requireNoAccess(Map.of("sasl.mechanism", "PLAIN")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("sasl.mechanism");
  }
}
