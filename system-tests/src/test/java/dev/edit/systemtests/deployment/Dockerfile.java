package dev.edit.systemtests.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile's instructions, read line by line.
 *
 * @param globals the arguments before the first stage, with their defaults
 * @param stages in the order of the file
 */
record Dockerfile(Map<String, String> globals, List<Stage> stages) {
  private static final Pattern FROM = Pattern.compile("(\\S+)(?:\\s+AS\\s+(\\S+))?");

  /** An instruction and the rest of its line. */
  record Instruction(String name, String rest) {}

  /**
   * A stage.
   *
   * @param from a stage, an image, or an argument that names one
   */
  record Stage(String name, String from, List<Instruction> instructions) {

    /** What follows each instruction of that name. */
    List<String> all(String instruction) {
      return instructions.stream()
          .filter(one -> one.name().equals(instruction))
          .map(Instruction::rest)
          .toList();
    }
  }

  static Dockerfile parse(String text) {
    Map<String, String> globals = new HashMap<>();
    List<Stage> stages = new ArrayList<>();
    String joined = text.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", " ");
    for (String line : joined.lines().filter(one -> !one.isBlank()).toList()) {
      String[] parts = line.split("\\s+", 2);
      if (parts.length < 2 || !parts[0].matches("[A-Z]+")) {
        throw new IllegalArgumentException("expected INSTRUCTION ARGUMENTS, got: " + line);
      }
      if (parts[0].equals("FROM")) {
        Matcher from = FROM.matcher(parts[1]);
        if (!from.matches() || from.group(2) == null) {
          throw new IllegalArgumentException("expected FROM IMAGE AS STAGE, got: " + line);
        }
        stages.add(new Stage(from.group(2), from.group(1), new ArrayList<>()));
      } else if (stages.isEmpty()) {
        String[] argument = parts[1].split("=", 2);
        globals.put(argument[0], argument[1]);
      } else {
        stages.get(stages.size() - 1).instructions().add(new Instruction(parts[0], parts[1]));
      }
    }
    return new Dockerfile(globals, stages);
  }

  Stage stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }

  /** The arguments that a build may set. */
  boolean takes(String argument) {
    return globals.containsKey(argument)
        || stages.stream()
            .flatMap(stage -> stage.all("ARG").stream())
            .anyMatch(declared -> declared.replaceFirst("=.*", "").equals(argument));
  }

  /** The stage and those that it is made of, up to its image. */
  List<Stage> line(String name) {
    List<Stage> line = new ArrayList<>();
    Stage stage = stage(name);
    line.add(stage);
    while (isStage(stage.from())) {
      stage = stage(stage.from());
      line.add(stage);
    }
    return line;
  }

  private boolean isStage(String name) {
    return stages.stream().anyMatch(stage -> stage.name().equals(name));
  }
}
