package dev.edit.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.artifacts.S3Settings;
import dev.edit.trainer.domain.SavePolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerArgumentsTest {
  @Test
  void shouldReadBackWhatItFormats() {
    WorkerArguments arguments =
        new WorkerArguments(
            "edit-7",
            "127.0.0.1:9092",
            RunPlace.of(Path.of("runs")),
            5,
            Duration.ofSeconds(3),
            42L,
            3,
            new SavePolicy(100, Duration.ofSeconds(30), 4),
            "cuda:1");

    assertThat(WorkerArguments.parse(arguments.format())).isEqualTo(arguments);
  }

  @Test
  void shouldReadBackWhereS3Is() {
    for (S3Settings s3 :
        List.of(
            S3Settings.of(URI.create("http://minio:9000")),
            new S3Settings(null, "eu-central-1", false))) {
      RunPlace place = new RunPlace("s3://runs/prod", Path.of("/scratch"), s3);
      assertThat(RunPlace.parse(NamedValues.parse(place.format(), Set.of(), RunPlace.NAMES)))
          .isEqualTo(place);
    }
    assertThatThrownBy(() -> new RunPlace("s3://runs/prod", null, S3Settings.DEFAULT))
        .hasMessageContaining("--work");
  }

  @Test
  void shouldNameTheArgumentWhenItIsMissingUnknownOrMalformed() {
    assertThatThrownBy(() -> WorkerArguments.parse(List.of())).hasMessageContaining("--run");
    assertThatThrownBy(() -> WorkerArguments.parse(List.of("--run", "a")))
        .hasMessageContaining("--bootstrap-servers");
    assertThatThrownBy(() -> WorkerArguments.parse(List.of("--speed", "9")))
        .hasMessageContaining("--speed");
    assertThatThrownBy(() -> WorkerArguments.parse(List.of("--run")))
        .hasMessageContaining("expected a value");
    assertThatThrownBy(
            () ->
                WorkerArguments.parse(
                    List.of(
                        "--run",
                        "a",
                        "--bootstrap-servers",
                        "b",
                        "--checkpoints",
                        "c",
                        "--report-every",
                        "often")))
        .hasMessageContaining("--report-every");
  }

  @Test
  void shouldRefuseWhenTheRunIsAPath() {
    assertThatThrownBy(
            () ->
                WorkerArguments.parse(
                    List.of("--run", "../x", "--bootstrap-servers", "b", "--checkpoints", "c")))
        .hasMessageContaining("--run");
  }
}
