package dev.edit.systemtests.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a kustomization renders to, by the real program where one is installed. */
final class Kubectl {
  private static final Map<Path, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  private Kubectl() {}

  /** The manifests of a folder; the calling test is skipped where no program can render them. */
  static List<Manifest> kustomize(Path folder) {
    Optional<List<String>> program = program();
    assumeTrue(
        program.isPresent(), "skipped: neither kubectl nor kustomize is on the PATH to render it");
    return RENDERED.computeIfAbsent(folder, path -> render(program.get(), path));
  }

  private static Optional<List<String>> program() {
    if (Programs.find("kubectl").isPresent()) {
      return Optional.of(List.of("kubectl", "kustomize"));
    }
    return Programs.find("kustomize").map(path -> List.of(path.toString(), "build"));
  }

  private static List<Manifest> render(List<String> program, Path folder) {
    List<String> command = new ArrayList<>(program);
    command.add(folder.toString());
    Programs.Result result = Programs.run(command);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + ":\n" + result.output());
    }
    return Manifest.parse("rendered " + folder.getFileName(), result.output());
  }
}
