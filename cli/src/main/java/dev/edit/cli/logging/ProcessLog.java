package dev.edit.cli.logging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The log of this process, which is that of the libraries: on standard error or in a file. A file
 * that {@value #CONFIGURATION} names is left to decide alone.
 */
public final class ProcessLog {
  private static final String CONFIGURATION = "java.util.logging.config.file";

  private static final Logger ROOT = LogManager.getLogManager().getLogger("");

  /**
   * Libraries that warn of what the verb itself reports once: of a broker that does not answer, the
   * Kafka client several times a second. Held, since java.util.logging forgets the level of a
   * logger that nobody refers to.
   */
  private static final List<Logger> REPEATING =
      List.of(
          Logger.getLogger("org.apache.kafka.clients.ClientUtils"),
          Logger.getLogger("org.apache.kafka.clients.NetworkClient"));

  private ProcessLog() {}

  /**
   * From now on the log goes to standard error, a line a message.
   *
   * @param verbose whether life cycle messages are shown as well, and not warnings alone
   */
  public static void toTerminal(boolean verbose) {
    Level level = verbose ? Level.INFO : Level.WARNING;
    Handler handler = new ConsoleHandler();
    handler.setFormatter(new OneLine());
    use(handler, level, verbose ? null : Level.SEVERE);
  }

  /** From now on the log goes to {@code file}, life cycle messages included. */
  public static void toFile(Path file) throws IOException {
    Handler handler = new FileHandler(file.toString().replace("%", "%%"));
    handler.setFormatter(new SimpleFormatter());
    use(handler, Level.INFO, null);
  }

  private static void use(Handler handler, Level level, Level ofRepeating) {
    if (System.getProperty(CONFIGURATION) != null) {
      handler.close();
      return;
    }
    for (Handler before : ROOT.getHandlers()) {
      ROOT.removeHandler(before);
      before.close();
    }
    handler.setLevel(level);
    ROOT.setLevel(level);
    ROOT.addHandler(handler);
    REPEATING.forEach(logger -> logger.setLevel(ofRepeating));
  }

  /** Level, logger, message, and what a fault says of itself. */
  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord entry) {
      String fault = entry.getThrown() == null ? "" : " (" + entry.getThrown() + ")";
      return "%s %s: %s%s%n"
          .formatted(entry.getLevel(), entry.getLoggerName(), formatMessage(entry), fault);
    }
  }
}
