package dev.edit.evaluator.domain.prompt;

import dev.edit.contracts.Problem;
import dev.edit.contracts.codec.Sha256;
import dev.edit.evaluator.domain.Benchmark;
import dev.edit.prompts.Example;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptPackException;
import dev.edit.prompts.TaskPrompts;
import dev.edit.prompts.Template;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How the problems of a benchmark become what a student reads: a function of its files alone. */
public final class BenchmarkPrompt {
  /** Importers put choices below a question like this. */
  private static final String CHOICES = "\nOptions:\n";

  private final String file;
  private final String text;
  private final Template template;
  private final Optional<Examples> examples;

  /**
   * Worked examples.
   *
   * @param text the wording of one, as it stands in its file
   * @param template the same, to be filled in
   * @param pack where they come from, task by task
   * @param most examples before each question; the task's first ones
   */
  record Examples(String text, Template template, PromptPack pack, int most) {

    TaskPrompts of(String task) {
      TaskPrompts prompts =
          pack.task(task)
              .orElseThrow(
                  () ->
                      new PromptPackException(
                          "cot-prompts/%s.txt: expected this file, for %d worked examples"
                              .formatted(task, most)));
      if (prompts.examples().size() < most) {
        throw new PromptPackException(
            "cot-prompts/%s.txt: expected at least %d worked examples, got %d"
                .formatted(task, most, prompts.examples().size()));
      }
      return prompts;
    }

    String text(TaskPrompts task) {
      return task.examples().stream()
          .limit(most)
          .map(this::fill)
          .collect(Collectors.joining("\n\n"));
    }

    private String fill(Example example) {
      return template.fill(
          Map.of(
              "question", example.question(),
              "answer", example.answer(),
              "rationale", example.rationale()));
    }
  }

  BenchmarkPrompt(String file, String text, Template template, Optional<Examples> examples) {
    this.file = file;
    this.text = text;
    this.template = template;
    this.examples = examples;
  }

  static BenchmarkPrompt zeroShot(String file, String text, Template template) {
    return new BenchmarkPrompt(file, text, template, Optional.empty());
  }

  /**
   * What a student reads.
   *
   * @param prefix what its recipe writes before a question; may be empty
   * @throws PromptPackException where the problem's task has too few worked examples
   */
  public String render(String prefix, Problem problem) {
    String question = prefix + problem.question();
    int choices = question.lastIndexOf(CHOICES);
    Map<String, String> values = new HashMap<>();
    values.put("question", question);
    values.put("stem", choices < 0 ? question : question.substring(0, choices));
    values.put("choices", choices < 0 ? "" : question.substring(choices));
    examples.ifPresent(
        worked -> {
          TaskPrompts task = worked.of(problem.task());
          values.put("description", task.description());
          values.put("examples", worked.text(task));
        });
    return template.fill(values);
  }

  /**
   * What evaluations tell of it: the file, how many worked examples, and a digest of all that is
   * not the benchmark's own. Equal digests put equal problems in equal words.
   */
  public Map<String, String> settings(Benchmark benchmark) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("prompt", file);
    settings.put("shots", Integer.toString(examples.map(Examples::most).orElse(0)));
    settings.put("promptSha256", digest(benchmark));
    return settings;
  }

  private String digest(Benchmark benchmark) {
    Sha256 digest = new Sha256();
    add(digest, text);
    examples.ifPresent(
        worked -> {
          TreeSet<String> tasks =
              benchmark.problems().stream()
                  .map(Problem::task)
                  .collect(Collectors.toCollection(TreeSet::new));
          for (String task : tasks) {
            TaskPrompts prompts = worked.of(task);
            List.of(task, prompts.description(), worked.text(prompts))
                .forEach(part -> add(digest, part));
          }
        });
    return digest.hex();
  }

  private static void add(Sha256 digest, String part) {
    // The zero ends a part: no two lists of parts give the same bytes.
    digest.add((part + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
