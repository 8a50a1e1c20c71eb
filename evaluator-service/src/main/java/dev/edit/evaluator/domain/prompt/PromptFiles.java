package dev.edit.evaluator.domain.prompt;

import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptPackException;
import dev.edit.prompts.PromptSource;
import dev.edit.prompts.Template;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates of the benchmarks' prompts. A benchmark's file bears its name, such as {@code
 * gsm8k.txt}; a benchmark without one takes {@code default.txt}. Few-shot files lie in {@code
 * few-shot}, with the wording of an example in {@code <benchmark>-example.txt} or {@code
 * example.txt}. A file of one's own goes before the one that this program brings along.
 *
 * <p>Files are read once, when their benchmark is first asked for. Thread-safe.
 */
public final class PromptFiles {
  private static final String DEFAULT = "default";
  private static final String FEW_SHOT = "few-shot/";
  private static final Set<String> ZERO_SHOT_PLACES = Set.of("question", "stem", "choices");
  private static final Set<String> FEW_SHOT_PLACES =
      Set.of("question", "stem", "choices", "description", "examples");
  private static final Set<String> EXAMPLE_PLACES = Set.of("question", "rationale", "answer");

  private final PromptSource own;
  private final PromptSource builtIn;
  private final PromptPack pack;
  private final int shots;
  private final Map<String, BenchmarkPrompt> prompts = new ConcurrentHashMap<>();

  /**
   * Reads the default template, so that a faulty one is found at the start.
   *
   * @param own files that go first where they exist
   * @param builtIn files that are there
   * @param pack where few-shot examples come from
   * @param shots worked examples before each question; 0 for none
   * @throws PromptPackException where the default template is missing or names an unknown place
   */
  public PromptFiles(PromptSource own, PromptSource builtIn, PromptPack pack, int shots) {
    if (shots < 0) {
      throw new IllegalArgumentException(
          "edit.evaluator.prompts.shots: expected at least 0, got " + shots);
    }
    this.own = own;
    this.builtIn = builtIn;
    this.pack = pack;
    this.shots = shots;
    of(DEFAULT);
  }

  /** The files that this program brings along. */
  public static PromptSource builtIn() {
    return PromptSource.resources("student-prompts");
  }

  /**
   * A benchmark's prompt.
   *
   * @throws PromptPackException where its template is missing or names an unknown place
   */
  public BenchmarkPrompt of(String benchmark) {
    return prompts.computeIfAbsent(benchmark, this::read);
  }

  private BenchmarkPrompt read(String benchmark) {
    if (shots == 0) {
      File file = file("", benchmark, DEFAULT, "");
      return BenchmarkPrompt.zeroShot(file.name(), file.text(), template(file, ZERO_SHOT_PLACES));
    }
    File file = file(FEW_SHOT, benchmark, DEFAULT, "");
    File example = file(FEW_SHOT, benchmark, "", "example");
    return new BenchmarkPrompt(
        file.name(),
        file.text(),
        template(file, FEW_SHOT_PLACES),
        Optional.of(
            new BenchmarkPrompt.Examples(
                example.text(),
                new Template(example.name(), example.text(), EXAMPLE_PLACES, Set.of("question")),
                pack,
                shots)));
  }

  private record File(String name, String text) {}

  private static Template template(File file, Set<String> places) {
    // Either the whole question, or its two parts.
    Set<String> needed = file.text().contains("{stem}") ? Set.of("stem") : Set.of("question");
    return new Template(file.name(), file.text(), places, needed);
  }

  /** The benchmark's own file, or the one for all. */
  private File file(String folder, String benchmark, String otherwise, String suffix) {
    String ofBenchmark = folder + benchmark + (suffix.isEmpty() ? "" : "-" + suffix) + ".txt";
    String ofAll = folder + otherwise + suffix + ".txt";
    return find(ofBenchmark)
        .or(() -> find(ofAll))
        .orElseThrow(() -> new PromptPackException(ofAll + ": expected this template"));
  }

  private Optional<File> find(String path) {
    return own.text(path)
        .or(() -> builtIn.text(path))
        .map(text -> new File(path, text.replace("\r\n", "\n")));
  }
}
