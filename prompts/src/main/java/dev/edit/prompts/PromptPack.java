package dev.edit.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A task's description and examples, by task. Layout: {@code cot-prompts/<task>.txt} (required for
 * a task), {@code cot-ahp/<task>.txt} and {@code cot-ccp/<task>.txt} (optional). Files are read
 * once, when their task is first asked for. Thread-safe.
 */
public final class PromptPack {
  private final PromptSource source;
  private final Map<String, Optional<TaskPrompts>> tasks = new ConcurrentHashMap<>();

  public PromptPack(PromptSource source) {
    this.source = source;
  }

  /**
   * What the pack holds for a task, or empty where it holds nothing.
   *
   * @throws PromptPackException where a file of the task is not of the layout
   */
  public Optional<TaskPrompts> task(String task) {
    return tasks.computeIfAbsent(task, this::read);
  }

  private Optional<TaskPrompts> read(String task) {
    Optional<PromptFile> worked = file("cot-prompts", task);
    List<Exemplar> seeds = file("cot-ccp", task).map(PromptFile::exemplars).orElse(List.of());
    return worked.map(
        file ->
            new TaskPrompts(
                file.description(),
                file("cot-ahp", task).map(PromptFile::examples).orElseGet(file::examples),
                seeds));
  }

  private Optional<PromptFile> file(String folder, String task) {
    String path = folder + "/" + task + ".txt";
    return source.text(path).map(text -> PromptFile.parse(path, text));
  }
}
