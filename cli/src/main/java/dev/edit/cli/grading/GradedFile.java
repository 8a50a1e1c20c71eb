package dev.edit.cli.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.cli.CommandFailure;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.grading.Grade;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The scores of a file of chains of thought, one JSON object {question, target, cot} a line.
 *
 * <p>A line's task is its field {@code task}; without one, the file's name.
 *
 * @param overall over all lines, each counting once
 * @param tasks by task
 */
public record GradedFile(Score overall, Map<String, Score> tasks) {
  /**
   * Grades a file, or every {@code *.jsonl} of a folder.
   *
   * @throws dev.edit.datasets.json.MalformedDatasetException naming file, line and field where the
   *     input is not as it should be
   */
  public static GradedFile read(Path input) throws IOException {
    Map<String, Tally> tallies = new TreeMap<>();
    for (Path file : files(input)) {
      JsonLines.read(file, entry -> grade(entry, nameOf(file), tallies));
    }
    if (tallies.isEmpty()) {
      throw new CommandFailure(input + ": expected at least one line, found none");
    }
    Tally all = new Tally();
    Map<String, Score> tasks = new TreeMap<>();
    tallies.forEach(
        (task, tally) -> {
          tasks.put(task, tally.score());
          all.add(tally);
        });
    return new GradedFile(all.score(), tasks);
  }

  private static List<Path> files(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      if (!Files.exists(input)) {
        throw new NoSuchFileException(input.toString(), null, "no such file");
      }
      return List.of(input);
    }
    try (Stream<Path> entries = Files.list(input)) {
      return entries.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("\\.jsonl?$", "");
  }

  private static void grade(Entry entry, String fileTask, Map<String, Tally> tallies) {
    text(entry, "question");
    Grade grade = Grade.of(text(entry, "cot"), text(entry, "target"));
    String task = entry.optionalText("task").orElse(fileTask);
    tallies.computeIfAbsent(task, name -> new Tally()).add(grade);
  }

  /** A text that may be empty: a student that says nothing has not answered. */
  private static String text(Entry entry, String field) {
    JsonNode value = entry.fields().get(field);
    if (value == null || !value.isTextual()) {
      throw entry.malformed(field, value, "a text");
    }
    return value.textValue();
  }

  private static final class Tally {
    private final Map<Grade, Integer> counts = new EnumMap<>(Grade.class);

    void add(Grade grade) {
      counts.merge(grade, 1, Integer::sum);
    }

    void add(Tally other) {
      other.counts.forEach((grade, count) -> counts.merge(grade, count, Integer::sum));
    }

    Score score() {
      int n = counts.values().stream().mapToInt(Integer::intValue).sum();
      return Score.of(
          counts.getOrDefault(Grade.RIGHT, 0), n, counts.getOrDefault(Grade.UNANSWERED, 0));
    }
  }
}
