package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.codec.RecordCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void shouldWriteProblemsWhenTheFileIsSound() throws Exception {
    Path in = folder.resolve("test.jsonl");
    Files.writeString(in, "{\"question\": \"How many?\", \"answer\": \"#### 1,200\"}\n");
    Path out = folder.resolve("new/problems.jsonl");
    assertThat(run("import", "gsm8k", in.toString(), "--output", out.toString())).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(1);
    Problem problem =
        RecordCodec.of(Problem.class).decode(lines.get(0).getBytes(StandardCharsets.UTF_8));
    assertThat(problem.answer()).isEqualTo("1200");
    assertThat(problem.split()).isEqualTo(Split.TEST);
  }

  @Test
  void shouldLeaveTheOldFileWhenTheInputIsMalformed() throws Exception {
    Path in = folder.resolve("test.jsonl");
    Files.writeString(in, "{\"question\": \"How many?\"}\n");
    Path out = Files.writeString(folder.resolve("problems.jsonl"), "old");
    assertThat(run("import", "gsm8k", in.toString(), "--output", out.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("edit import: ")
        .contains("test.jsonl:1: field 'answer': expected a non-blank text, but was missing");
    assertThat(out).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void shouldNameTheOptionWhenItsValueIsWrong() {
    assertThat(run("import", "mmlu", "x", "--output", "y")).isEqualTo(1);
    assertThat(err.toString()).contains("mmlu").contains("agieval");
    assertThat(run("import", "bbh", "x", "--output", "y", "--domain", "both")).isEqualTo(1);
    assertThat(err.toString()).contains("--domain: expected in or out");
    assertThat(run("import", "bbh", "x", "--output", "y", "--split", "4:0")).isEqualTo(1);
    assertThat(err.toString()).contains("split: expected parts of at least 1");
    assertThat(run("import", "bbh", "x")).as("no target").isEqualTo(2);
  }

  private int run(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
