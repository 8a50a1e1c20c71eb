package dev.edit.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.trainer.domain.SavePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerArgumentsTest {
  @Test
  void shouldReadBackWhatItFormats() {
    WorkerArguments arguments =
        new WorkerArguments(
            "edit-7",
            "127.0.0.1:9092",
            Path.of("runs"),
            5,
            Duration.ofSeconds(3),
            42L,
            3,
            new SavePolicy(100, Duration.ofSeconds(30), 4),
            "cuda:1");

    assertThat(WorkerArguments.parse(arguments.format())).isEqualTo(arguments);
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
