package dev.edit.datasets.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Files with one JSON object a line, read line by line; no more than one line is held. */
public final class JsonLines {
  /** Longer lines are refused: no benchmark's entry comes near. */
  public static final int LONGEST_LINE = 16 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern START = Pattern.compile(" \\(start marker at .*\\)");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private JsonLines() {}

  /**
   * Hands on the objects in order; blank lines are skipped, a byte order mark as well.
   *
   * @throws MalformedDatasetException where a line is no JSON object, too long, or not UTF-8
   */
  public static void read(Path file, Consumer<Entry> to) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "expected a file, but it is a folder");
    }
    long number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      StringBuilder line = new StringBuilder();
      boolean more = true;
      while (more) {
        Place place = new Place(file, ++number, -1);
        more = next(reader, line, place);
        if (number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK) {
          line.deleteCharAt(0);
        }
        String text = line.toString();
        if (!text.isBlank()) {
          to.accept(new Entry(place, parse(text, place)));
        }
      }
    } catch (CharacterCodingException e) {
      throw MalformedDatasetException.at(
          new Place(file, number, -1), "expected UTF-8 text, at or after this line it is not", e);
    }
  }

  /** Reads up to the next line break; false at the end of the file. */
  private static boolean next(BufferedReader reader, StringBuilder line, Place place)
      throws IOException {
    line.setLength(0);
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c == '\n') {
        return true;
      }
      if (line.length() == LONGEST_LINE) {
        throw MalformedDatasetException.at(
            place, "expected a line of at most " + LONGEST_LINE + " characters", null);
      }
      line.append((char) c);
    }
    return false;
  }

  /** Where a value starts is told in terms of the parser's input, which is one line here. */
  private static String withoutSource(String message) {
    return START.matcher(message).replaceAll("");
  }

  private static ObjectNode parse(String line, Place place) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
      throw MalformedDatasetException.at(
          place, "expected a JSON object, but was " + JSON.readTree(line).getNodeType(), null);
    } catch (JsonProcessingException e) {
      throw MalformedDatasetException.at(
          place, "expected a JSON object, but: " + withoutSource(e.getOriginalMessage()), e);
    }
  }
}
