package dev.edit.cli.model;

import dev.edit.cli.CommandFailure;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.student.StopRule;
import dev.edit.student.Student;
import dev.edit.student.StudentFolder;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.student.torch.TorchRuntime;
import dev.edit.tokenizer.ChatTemplate;
import dev.edit.tokenizer.ChatTemplate.Message;
import dev.edit.tokenizer.LineBreaks;
import dev.edit.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A student in memory with its tokenizer, and with an adapter on it where one is given. Without
 * {@code tokenizer.json} it takes token ids only.
 */
public final class OpenStudent implements AutoCloseable {
  private final Path folder;
  private final Student student;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;

  private OpenStudent(Path folder, Student student, Tokenizer tokenizer, ChatTemplate template) {
    this.folder = folder;
    this.student = student;
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * Loads a folder.
   *
   * @param adapter a folder in peft's layout, or null
   * @param chat whether prompts are rendered by the folder's chat template
   * @throws IllegalArgumentException naming file and field or tensor where something does not fit
   */
  public static OpenStudent open(Path folder, Path adapter, boolean chat, int threads)
      throws IOException {
    System.setProperty(TorchRuntime.THREADS_PROPERTY, Integer.toString(threads));
    StudentFolder content = StudentFolder.read(folder);
    AdapterFolder added = adapter == null ? null : AdapterFolder.read(adapter, content.config());
    ChatTemplate template =
        chat
            ? ChatTemplate.find(folder)
                .orElseThrow(
                    () -> new CommandFailure(folder + ": expected a chat template, found none"))
            : null;
    Tokenizer tokenizer =
        Files.isRegularFile(folder.resolve("tokenizer.json")) ? Tokenizer.load(folder) : null;
    Student student = new Student(content);
    if (added != null) {
      student.attach(added.adapter());
    }
    return new OpenStudent(folder, student, tokenizer, template);
  }

  Student student() {
    return student;
  }

  /** Tokens of a whole text, with the special tokens that the tokenizer's template puts around. */
  int[] text(String text) {
    return tokenizer().encode(text, true).ids();
  }

  /** Tokens of a continuation, without special tokens. */
  int[] continuation(String text) {
    return tokenizer().encode(text, false).ids();
  }

  /** Tokens of a question as the student was trained to read it, or by its chat template. */
  int[] question(String question) {
    if (template == null) {
      return text(StudentPrompt.render(question));
    }
    // The template spells the special tokens out.
    return continuation(template.render(List.of(new Message("user", question)), true));
  }

  /** The text of tokens, without special ones. */
  String decode(int[] tokens) {
    return tokenizer().decode(tokens, true);
  }

  /** Holds from the end of the final answer's line on. */
  StopRule atAnswer() {
    LineBreaks lineBreaks = new LineBreaks(tokenizer());
    return tokens -> lineBreaks.in(tokens) && AnswerExtraction.settled(decode(tokens));
  }

  private Tokenizer tokenizer() {
    if (tokenizer == null) {
      throw new CommandFailure(
          folder.resolve("tokenizer.json") + ": no such file, so only token ids can be read");
    }
    return tokenizer;
  }

  @Override
  public void close() {
    student.close();
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
