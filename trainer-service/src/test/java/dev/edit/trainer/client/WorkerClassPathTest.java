package dev.edit.trainer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClassPathTest {
  @TempDir Path folder;

  @Test
  void shouldNameTheFoldersBesideTheRunnerWhenPackaged() throws IOException {
    Path runner = Files.createFile(folder.resolve("quarkus-run.jar"));

    assertThat(WorkerClassPath.of(runner.toString()).split(File.pathSeparator))
        .containsExactly(
            folder.resolve("app/*").toString(),
            folder.resolve("lib/main/*").toString(),
            folder.resolve("lib/boot/*").toString());
  }

  @Test
  void shouldBeTheOwnClassPathWhenNotPackaged() {
    String own = folder + "/classes" + File.pathSeparator + folder + "/a.jar";

    assertThat(WorkerClassPath.of(own)).isEqualTo(own);
  }
}
