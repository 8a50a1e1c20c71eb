package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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
    assertThat(err.toString()).contains("--problems: expected at least 1");
    assertThat(run("quickstart", "--problems", "many")).isEqualTo(2);
    assertThat(run("bench", "train", "--steps", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("--steps: expected 1 to 1000, but was 0");
    assertThat(run("bench", "decode", "--prompts", "2")).isEqualTo(1);
    assertThat(err.toString()).contains("--prompts: expected 3 to 3000, but was 2");
  }

  private int run(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(arguments);
  }
}
