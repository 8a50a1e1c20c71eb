package dev.edit.cli;

import dev.edit.cli.model.OpenStudent;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of verbs that run a student over a file. */
final class StudentOptions {
  @Option(
      names = "--student",
      paramLabel = "DIR",
      required = true,
      description = "A Hugging Face model folder: llama, mistral or qwen2.")
  private Path student;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "A LoRA adapter of that model, in peft's layout.")
  private Path adapter;

  @Option(
      names = "--input",
      paramLabel = "F",
      required = true,
      description = "A file of JSON lines.")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "F",
      required = true,
      description = "The file of JSON lines to write.")
  private Path output;

  @Option(
      names = "--chat-template",
      description = "Renders questions by the model's chat template.")
  private boolean chat;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads that compute (default: ${DEFAULT-VALUE}, which gives the same bits each time).")
  private int threads;

  OpenStudent open() throws IOException {
    OptionValue.atLeast("--threads", threads, 1);
    return OpenStudent.open(student, adapter, chat, threads);
  }

  Path input() {
    return input;
  }

  Path output() {
    return output;
  }
}
