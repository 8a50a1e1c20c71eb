package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EditTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  void shouldPrintHelpWhenAsked() {
    assertThat(run("quickstart", "--help")).isZero();
    assertThat(out.toString()).contains("--problems", "--teacher", "SIMULATED");
    assertThat(run("grade", "--help")).isZero();
  }

  @Test
  void shouldFailWithOneLineWhenAFileIsMissing() {
    assertThat(run("grade", "--input", "no/such/file")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("edit grade: ")
        .contains("no/such/file")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldShowTheStackTraceWhenVerbose() {
    assertThat(run("grade", "--verbose", "--input", "no/such/file")).isEqualTo(1);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void shouldNameTheOptionWhenItsValueIsWrong() {
    assertThat(run("quickstart", "--recipes", "std-cot,alchemy")).isEqualTo(1);
    assertThat(err.toString()).contains("alchemy").contains("edit-no-krsl");
    assertThat(run("quickstart", "--teacher", "http://host/v1")).isEqualTo(1);
    assertThat(err.toString()).contains("--teacher and --model");
    assertThat(run("quickstart", "--problems", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("--problems: expected 1 to 1000000, but was 0");
    assertThat(run("quickstart", "--problems", "many")).isEqualTo(2);
    assertThat(run("bench", "train", "--steps", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("--steps: expected 1 to 1000, but was 0");
    assertThat(run("bench", "decode", "--prompts", "2")).isEqualTo(1);
    assertThat(err.toString()).contains("--prompts: expected 3 to 3000, but was 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run list --bootstrap-servers garbage | edit run list: --bootstrap-servers: expected HOST:PORT, or several with commas between, but was 'garbage'",
        "grade --input FOLDER/arrays.jsonl | edit grade: FOLDER/arrays.jsonl:1: expected a JSON object, but was ARRAY",
        "grade --input FOLDER/open.jsonl | edit grade: FOLDER/open.jsonl:1: expected a JSON object, but: Unexpected end-of-input: expected close marker for Object",
        "align --token-ids --input FOLDER/none --output FOLDER/o | edit align: FOLDER/none: no such file or folder",
        "align --token-ids --input FOLDER --output FOLDER/o | edit align: FOLDER: expected a file, but it is a folder",
        "align --tokenizer FOLDER --input FOLDER/empty.jsonl --output FOLDER/o | edit align: FOLDER/config.json: no such file; expected a Hugging Face model folder",
        "import jsonl FOLDER/empty.jsonl --output FOLDER/o | edit import: FOLDER/empty.jsonl: expected at least one problem, found none",
        "train --data FOLDER/none --student FOLDER --output FOLDER/o --recipe alchemy | edit train: field 'recipe': expected one of [std-cot",
        "train --data FOLDER/none --student FOLDER --output FOLDER/o --recipe edit --hyperparameters FOLDER/open.jsonl | edit train: FOLDER/open.jsonl:2:1: expected a JSON object, but this is no JSON",
        "train --data FOLDER/none --student FOLDER --output FOLDER/o --recipe edit --threads 0 | edit train: --threads: expected at least 1, but was 0",
        "judge --samples FOLDER/none --references FOLDER/none --teacher http://127.0.0.1:1/v1 --model m --output FOLDER/o --concurrency 0 | edit judge: --concurrency: expected at least 1, but was 0",
        "quickstart --sft-steps -1 | edit quickstart: --sft-steps: expected 0 to 1000000, but was -1",
        "sample --bootstrap-servers 127.0.0.1:1 --problems -1 | edit sample: --problems: expected 0 to 1000000, but was -1",
        "bench pipeline --problems 0 | edit bench pipeline: --problems: expected 1 to 20000, but was 0",
        "bench pipeline --teacher-seconds -1 | edit bench pipeline: --teacher-seconds: expected 0.0 to 60.0, but was -1.0",
      })
  void shouldSayInOneLineWhatWasExpectedWhenSomethingIsWrong(
      String arguments, String message, @TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("arrays.jsonl"), "[1]\n");
    Files.writeString(folder.resolve("open.jsonl"), "{\n");
    Files.writeString(folder.resolve("empty.jsonl"), "");

    assertThat(run(arguments.replace("FOLDER", folder.toString()).split(" "))).isEqualTo(1);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(message.replace("FOLDER", folder.toString()));
  }

  private int run(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(arguments);
  }
}
