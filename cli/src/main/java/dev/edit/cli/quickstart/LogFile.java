package dev.edit.cli.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends this process's log, the broker's above all, to a file instead of the terminal. */
public final class LogFile {
  private LogFile() {}

  /** From now on the log goes to {@code file}. */
  public static void use(Path file) throws IOException {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    FileHandler handler = new FileHandler(file.toString().replace("%", "%%"));
    handler.setFormatter(new SimpleFormatter());
    handler.setLevel(Level.INFO);
    root.addHandler(handler);
  }
}
