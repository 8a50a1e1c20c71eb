package dev.edit.families;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptPackFilesTest {
  private static final Path COMMITTED =
      Path.of("../prompts/src/main/resources/prompt-packs/families");

  @Test
  void shouldEqualTheCommittedPack() throws IOException {
    assertThat(read(COMMITTED)).isEqualTo(PromptPackFiles.contents());
  }

  @Test
  void shouldWriteEveryFile(@TempDir Path folder) throws IOException {
    PromptPackFiles.writeTo(folder);
    assertThat(read(folder)).isEqualTo(PromptPackFiles.contents()).hasSize(21);
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    }
    return files;
  }
}
