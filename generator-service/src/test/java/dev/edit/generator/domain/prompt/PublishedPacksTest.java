package dev.edit.generator.domain.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edit.generator.it.SharedData;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptSource;
import dev.edit.prompts.TaskPrompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole packs: the built-in one, and BIG-Bench Hard's where it lies beside the checkout. */
class PublishedPacksTest {
  private static final Path BUILT_IN =
      Path.of("../prompts/src/main/resources/prompt-packs/families");

  @Test
  void shouldReadEveryTaskOfTheBuiltInPack() throws IOException {
    assumeThat(BUILT_IN).isDirectory();
    for (String task : tasks(BUILT_IN)) {
      TaskPrompts prompts =
          new PromptPack(PromptSource.resources("prompt-packs/families")).task(task).orElseThrow();
      assertThat(prompts.examples()).as(task).hasSizeGreaterThanOrEqualTo(3);
      assertThat(prompts.seeds()).as(task).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void shouldReadEveryTaskOfBigBenchHard() throws IOException {
    Optional<Path> pack = SharedData.find("bbh");
    assumeThat(pack).isPresent();
    List<String> tasks = tasks(pack.orElseThrow());
    assertThat(tasks).hasSize(27);
    for (String task : tasks) {
      TaskPrompts prompts =
          new PromptPack(PromptSource.folder(pack.orElseThrow())).task(task).orElseThrow();
      assertThat(prompts.description())
          .as(task)
          .doesNotContainIgnoringCase("canary")
          .doesNotContain("-----");
      assertThat(prompts.examples()).as(task).hasSize(3);
      assertThat(prompts.examples())
          .as(task)
          .allMatch(example -> example.rationale().contains("Therefore, the answer is"))
          .noneMatch(example -> example.question().contains("The correct answer is"));
      assertThat(prompts.seeds()).as(task).hasSize(3);
    }
  }

  private static List<String> tasks(Path pack) throws IOException {
    try (Stream<Path> files = Files.list(pack.resolve("cot-prompts"))) {
      return files.map(file -> file.getFileName().toString().replace(".txt", "")).sorted().toList();
    }
  }
}
