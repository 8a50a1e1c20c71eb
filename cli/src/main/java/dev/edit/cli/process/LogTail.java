package dev.edit.cli.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of a log file, and what is known about the faults it shows. */
public final class LogTail {
  private static final int LONGEST = 32 * 1024;

  private static final Map<String, String> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("No space left on device", "the disk is full: free some space and run it again");
    KNOWN.put("already bound", "a port is taken by another program: run it again");
    KNOWN.put("Address already in use", "a port is taken by another program: run it again");
    KNOWN.put("OutOfMemoryError", "the process ran out of memory");
    KNOWN.put("insufficient memory", "the machine has too little free memory");
  }

  private LogTail() {}

  /** The last lines, at most {@code count}; a note where the file cannot be read. */
  public static List<String> lines(Path log, int count) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - LONGEST);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("(the log cannot be read: " + e.getMessage() + ")");
    }
  }

  /** What a person can do about a fault that the lines show, where it is a known one. */
  public static Optional<String> hint(List<String> lines) {
    String text = String.join("\n", lines);
    return KNOWN.entrySet().stream()
        .filter(known -> text.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** A message with the hint, where there is one, and the end of the log. */
  public static String explain(String what, Path log) {
    List<String> lines = lines(log, 15);
    StringBuilder message = new StringBuilder(what);
    hint(lines(log, 200)).ifPresent(hint -> message.append(": ").append(hint));
    message.append("\n  The end of ").append(log).append(':');
    lines.forEach(line -> message.append("\n  | ").append(line));
    return message.toString();
  }
}
