package dev.edit.datasets;

import dev.edit.contracts.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of a test, and what importing them gives. */
record Folder(Path path) {

  Path write(String name, String... lines) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Problem> problems(Format format, Path path, ImportSettings settings)
      throws IOException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    ImportReport report = ProblemImport.of(format, path, settings).run(problems::add);
    if (report.total().train() + report.total().test() != problems.size()) {
      throw new AssertionError(report + " does not count " + problems.size() + " problems");
    }
    return problems;
  }

  static ImportSettings split(String rule) {
    return new ImportSettings(SplitRule.parse(rule), 0, null, null, false);
  }
}
