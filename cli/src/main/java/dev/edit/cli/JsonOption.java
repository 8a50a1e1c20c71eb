package dev.edit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.terminal.Screen;
import java.io.PrintStream;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How a verb tells its result: to people, or to programs. */
final class JsonOption {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  /** Whether the result is for programs. */
  boolean wanted() {
    return json;
  }

  /**
   * Prints the result.
   *
   * @param result for programs: a record, a map or a JSON tree
   * @param text prints it for people
   */
  void print(Object result, Consumer<PrintStream> text) {
    if (json) {
      also(result);
    } else {
      text.accept(Screen.standard().out());
    }
  }

  /** Prints the result for programs where that is wanted, below what people were told. */
  void also(Object result) {
    if (json) {
      Screen.standard().out().println(line(result));
    }
  }

  private static String line(Object result) {
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + result.getClass() + " as JSON", e);
    }
  }
}
