package dev.edit.families;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The families' prompt pack as files: {@code cot-prompts/<task>.txt} (description and solved
 * examples), {@code cot-ahp/<task>.txt} (the same with a hint before each solution) and {@code
 * cot-ccp/<task>.txt} (pairs of a right and a wrong response). The description comes first, then
 * the examples, with a blank line before each.
 */
public final class PromptPackFiles {
  private static final String REASONING = "A: Let's think step by step.\n";

  private PromptPackFiles() {}

  /** Relative path and content of every file, in the order of the paths. */
  public static Map<String, String> contents() {
    Map<String, String> files = new TreeMap<>();
    for (Family family : Families.ALL) {
      StringBuilder cep = new StringBuilder(family.description()).append('\n');
      StringBuilder ahp = new StringBuilder(family.description()).append('\n');
      StringBuilder ccp = new StringBuilder(family.description()).append('\n');
      for (Puzzle puzzle : WorkedExamples.solved(family)) {
        String question = "\nQ: " + puzzle.question() + "\n";
        String solution = REASONING + puzzle.solve().text() + "\n";
        cep.append(question).append(solution);
        ahp.append(question)
            .append("H: The correct answer is ")
            .append(puzzle.answer())
            .append(".\n")
            .append(solution);
      }
      for (WorkedExamples.Pair pair : WorkedExamples.pairs(family)) {
        ccp.append("\nQ: ").append(pair.puzzle().question());
        ccp.append("\n\nRight Response: ").append(pair.puzzle().solve().text());
        ccp.append("\n\nWrong Response: ").append(pair.wrong().text()).append('\n');
      }
      String file = "/" + family.name() + ".txt";
      files.put("cot-prompts" + file, cep.toString());
      files.put("cot-ahp" + file, ahp.toString());
      files.put("cot-ccp" + file, ccp.toString());
    }
    return files;
  }

  /** Writes the files below a folder; folders that are missing are made. */
  public static void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : contents().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /**
   * Writes the pack: {@code java -cp ... dev.edit.families.PromptPackFiles FOLDER}.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected one argument, the folder to write to");
    }
    writeTo(Path.of(args[0]));
  }
}
