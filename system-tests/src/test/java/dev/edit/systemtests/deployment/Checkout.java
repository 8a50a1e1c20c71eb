package dev.edit.systemtests.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout's files; tests run in their module's folder. */
final class Checkout {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path K8S = ROOT.resolve("k8s");

  /** What people create by hand beside an overlay, a file each. */
  static final Path EXAMPLES = K8S.resolve("examples");

  /** What people apply. */
  static final List<String> OVERLAYS = List.of("local", "production");

  private Checkout() {}

  static Path overlay(String name) {
    return K8S.resolve("overlays").resolve(name);
  }

  static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder whose name ends so, in order. */
  static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
