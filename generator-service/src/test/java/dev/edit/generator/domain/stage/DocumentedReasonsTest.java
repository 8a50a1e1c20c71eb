package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of reason codes in docs/dual-cots.md has those that there are, and no others. */
class DocumentedReasonsTest {

  @Test
  void shouldDocumentEveryReasonAndNoOther() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "dual-cots.md"));
    String table = page.substring(page.indexOf("## Reason codes"));
    List<String> documented =
        table
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .flatMap(cell -> Pattern.compile("`([a-z-]+)`").matcher(cell).results())
            .map((MatchResult code) -> code.group(1))
            .toList();
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.values()).map(Reason::code).toList());
  }
}
