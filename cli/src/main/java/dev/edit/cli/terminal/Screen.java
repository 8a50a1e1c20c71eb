package dev.edit.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Where this command writes to, and what that can do. The {@code edit} script tells by system
 * properties, because Java cannot ask whether its output alone is a terminal.
 *
 * @param out standard output, UTF-8
 * @param interactive whether it is a terminal
 * @param width its columns
 */
public record Screen(PrintStream out, boolean interactive, int width) {
  private static final int LEAST_WIDTH = 40;
  private static final int USUAL_WIDTH = 100;

  /** Standard output; {@code edit.terminal} and {@code edit.columns} say what it is. */
  public static Screen standard() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Integer columns = Integer.getInteger("edit.columns", USUAL_WIDTH);
    return new Screen(out, Boolean.getBoolean("edit.terminal"), Math.max(LEAST_WIDTH, columns - 1));
  }

  /** A progress board on this screen. */
  public ProgressBoard board() {
    return new ProgressBoard(out, interactive, width, Clock.systemUTC());
  }
}
