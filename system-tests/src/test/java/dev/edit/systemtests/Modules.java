package dev.edit.systemtests;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's modules on disk; they must be built. */
final class Modules {
  /** The root of the checkout: tests run in their module's folder. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Modules() {}

  /** The main classes of every module. */
  static JavaClasses mainClasses() {
    return classes("target/classes");
  }

  /** The test classes of every module. */
  static JavaClasses testClasses() {
    return classes("target/test-classes");
  }

  private static JavaClasses classes(String folder) {
    try (Stream<Path> entries = Files.list(ROOT)) {
      List<Path> folders =
          entries
              .filter(module -> Files.isRegularFile(module.resolve("pom.xml")))
              .map(module -> module.resolve(folder))
              .filter(Files::isDirectory)
              .toList();
      if (folders.size() < 2) {
        throw new IllegalStateException("not built: no " + folder + " in the modules of " + ROOT);
      }
      return new ClassFileImporter().importPaths(folders);
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + ROOT, e);
    }
  }
}
