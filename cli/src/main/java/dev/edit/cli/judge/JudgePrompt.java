package dev.edit.cli.judge;

import dev.edit.prompts.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a judge is asked about a problem. The wording lies in a file with the places {@code
 * {question}}, {@code {reference}}, {@code {answers}} and {@code {scores}}, the lines that the
 * reply has to consist of.
 */
public final class JudgePrompt {
  private static final Set<String> PLACES = Set.of("question", "reference", "answers", "scores");

  private final Template template;

  private JudgePrompt(String path, String text) {
    this.template = new Template(path, text.strip(), PLACES, PLACES);
  }

  /** The wording that this program brings along. */
  public static JudgePrompt builtIn() {
    String name = "judge.txt";
    try (InputStream in = JudgePrompt.class.getResourceAsStream(name)) {
      return new JudgePrompt(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  /**
   * The wording of a file.
   *
   * @throws dev.edit.prompts.PromptPackException where it lacks a place or names an unknown one
   */
  public static JudgePrompt read(Path file) throws IOException {
    return new JudgePrompt(file.toString(), Files.readString(file));
  }

  /** Asks about answers that are known by their numbers alone. */
  String render(JudgedProblem problem, List<String> order) {
    return template.fill(
        Map.of(
            "question",
            problem.question(),
            "reference",
            problem.reference(),
            "answers",
            IntStream.range(0, order.size())
                .mapToObj(i -> answer(i + 1, problem.answers().get(order.get(i))))
                .collect(Collectors.joining("\n\n")),
            "scores",
            IntStream.rangeClosed(1, order.size())
                .mapToObj(number -> "Score " + number + ":")
                .collect(Collectors.joining("\n"))));
  }

  private static String answer(int number, String text) {
    return "Answer " + number + ":\n" + text.strip();
  }
}
