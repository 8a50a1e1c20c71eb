package dev.edit.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;

  @Test
  void shouldGiveTheLastLinesWhenTheLogIsLong() throws IOException {
    Path log = folder.resolve("a.log");
    Files.write(log, IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList());

    assertThat(LogTail.lines(log, 2)).containsExactly("line 19998", "line 19999");
  }

  @Test
  void shouldSayWhatToDoWhenTheFaultIsKnown() throws IOException {
    Path log = folder.resolve("a.log");
    Files.write(log, List.of("java.io.IOException: No space left on device"));

    assertThat(LogTail.explain("trainer ended with exit code 1", log))
        .startsWith("trainer ended with exit code 1: the disk is full")
        .contains("| java.io.IOException");
  }

  @Test
  void shouldSayThatTheLogCannotBeReadWhenThereIsNone() {
    assertThat(LogTail.explain("x ended", folder.resolve("none"))).contains("cannot be read");
  }
}
