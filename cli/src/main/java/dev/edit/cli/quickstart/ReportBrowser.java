package dev.edit.cli.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens the report where there is a desktop to open it on. */
public final class ReportBrowser {
  private ReportBrowser() {}

  /** Asks the desktop to show a file; says whether it could be asked. */
  public static boolean open(Path file) {
    Optional<String> opener = opener();
    if (opener.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(opener.get(), file.toUri().toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> opener() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    boolean display = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    if (!mac && !display) {
      return Optional.empty();
    }
    String program = mac ? "open" : "xdg-open";
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
