package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An overlay's {@code images} say where every image comes from, that of the Jobs included. */
class OwnImagesTest {
  private static final String REGISTRY = "registry.example.com:5000/edit/";

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldTakeEveryImageFromTheRegistryWhenTheOverlayNamesIt(
      String overlay, @TempDir Path folder) throws IOException {
    for (Path file : Checkout.files(Checkout.K8S, "")) {
      Path copy = folder.resolve(Checkout.K8S.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Path file = folder.resolve("overlays").resolve(overlay).resolve(Kustomization.FILE);
    String named =
        Files.readString(file)
            .replaceAll(
                "- name: (edit-.*)\\R(?: +newName: .*\\R)?( +)newTag",
                "- name: $1\n$2newName: " + REGISTRY + "$1\n$2newTag");
    Files.writeString(file, named);

    List<Manifest> rendered = Kubectl.kustomize(file.getParent());

    assertThat(
            rendered.stream()
                .filter(Manifest::isWorkload)
                .filter(workload -> !workload.name().equals("kafka"))
                .flatMap(Manifest::containers))
        .isNotEmpty()
        .allMatch(container -> container.path("image").asText().startsWith(REGISTRY));
    assertThat(
            rendered.stream()
                .filter(Manifest::isWorkload)
                .flatMap(Manifest::containers)
                .flatMap(container -> elements(container.path("env")))
                .filter(
                    variable ->
                        variable.path("name").asText().equals("EDIT_TRAINER_KUBERNETES_IMAGE"))
                .map(variable -> variable.path("value").asText()))
        .singleElement()
        .satisfies(image -> assertThat(image).matches(REGISTRY + "edit-worker:[0-9].+"));
  }
}
