package dev.edit.cli.judge;

import dev.edit.cli.CommandFailure;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Samples files of several students, and reference chains of thought, brought together.
 *
 * @param problems those that every student answered and that have a reference, by their ids
 * @param notShared problems that not every student answered
 * @param withoutReference problems that every student answered and that have no reference
 */
public record JudgeInput(List<JudgedProblem> problems, int notShared, int withoutReference) {
  private static final String REFERENCE_FIELDS = "'id' or 'question', and 'cot'";

  /**
   * A file of one student's.
   *
   * @param student its name
   * @param file lines as the evaluator writes them: {@code doc {id, question}} and {@code resps}
   */
  public record Samples(String student, Path file) {
    /**
     * Reads {@code NAME=FILE}, or {@code FILE} alone: then its folder's name is the student's,
     * which is how the evaluator lays its files out.
     */
    public static Samples parse(String argument) {
      int equals = argument.indexOf('=');
      if (equals > 0 && !argument.substring(0, equals).contains("/")) {
        return new Samples(argument.substring(0, equals), Path.of(argument.substring(equals + 1)));
      }
      Path file = Path.of(argument).toAbsolutePath().normalize();
      Path folder = file.getParent();
      if (folder == null || folder.getFileName() == null) {
        throw new CommandFailure("--samples: expected NAME=FILE, got " + argument);
      }
      return new Samples(folder.getFileName().toString(), file);
    }
  }

  /**
   * Reads all files.
   *
   * @param references lines of {@code {id, cot}} or {@code {question, cot}}
   */
  public static JudgeInput read(List<Samples> files, Path references) throws IOException {
    Map<String, String> questions = new TreeMap<>();
    Map<String, Map<String, String>> answers = new TreeMap<>();
    long students = files.stream().map(Samples::student).distinct().count();
    for (Samples samples : files) {
      JsonLines.read(samples.file(), entry -> take(samples.student(), entry, questions, answers));
    }
    Map<String, String> known = references(references);
    List<JudgedProblem> problems = new ArrayList<>();
    int notShared = 0;
    int withoutReference = 0;
    for (Map.Entry<String, Map<String, String>> problem : answers.entrySet()) {
      String question = questions.get(problem.getKey());
      String reference = known.getOrDefault("id " + problem.getKey(), known.get("q " + question));
      if (problem.getValue().size() < students) {
        notShared++;
      } else if (reference == null) {
        withoutReference++;
      } else {
        problems.add(new JudgedProblem(problem.getKey(), question, reference, problem.getValue()));
      }
    }
    return new JudgeInput(problems, notShared, withoutReference);
  }

  private static void take(
      String student,
      Entry entry,
      Map<String, String> questions,
      Map<String, Map<String, String>> answers) {
    Entry doc = entry.object("doc");
    String id = doc.text("id");
    String question = doc.text("question");
    String before = questions.putIfAbsent(id, question);
    if (before != null && !before.equals(question)) {
      throw entry.malformed("doc.question", question, "the question that " + id + " had before");
    }
    var response = entry.fields().path("resps").path(0).path(0);
    if (!response.isTextual()) {
      throw entry.malformed("resps", entry.fields().get("resps"), "[[text]]");
    }
    Map<String, String> ofProblem = answers.computeIfAbsent(id, x -> new TreeMap<>());
    if (ofProblem.put(student, response.textValue()) != null) {
      throw entry.malformed("doc.id", id, "one answer of " + student + " to a problem");
    }
  }

  private static Map<String, String> references(Path file) throws IOException {
    Map<String, String> references = new TreeMap<>();
    JsonLines.read(
        file,
        entry -> {
          String cot = entry.text("cot");
          if (entry.has("id")) {
            references.put("id " + entry.text("id"), cot);
          } else if (entry.has("question")) {
            references.put("q " + entry.text("question"), cot);
          } else {
            throw entry.malformed("id", null, REFERENCE_FIELDS);
          }
        });
    return references;
  }
}
