package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the kustomizations name is there, and what is there is named. */
class KustomizationTest {
  private static final List<Kustomization> ALL =
      Checkout.files(Checkout.K8S, Kustomization.FILE).stream()
          .map(file -> Kustomization.in(file.getParent()))
          .toList();

  @Test
  void shouldFindEveryFileWhenItIsNamed() {
    assertThat(ALL).hasSizeGreaterThanOrEqualTo(6);
    assertThat(named()).allSatisfy(file -> assertThat(file).exists());
  }

  @Test
  void shouldNameEveryFileWhenItLiesThere() {
    Set<Path> named = named().collect(Collectors.toSet());
    assertThat(
            Stream.of(".yaml", ".json")
                .flatMap(suffix -> Checkout.files(Checkout.K8S, suffix).stream())
                .filter(file -> !file.endsWith(Kustomization.FILE))
                .filter(file -> !file.startsWith(Checkout.EXAMPLES)))
        .allSatisfy(file -> assertThat(named).contains(file));
  }

  /** What not everybody has is named in the production overlay, to be taken in. */
  @Test
  void shouldUseOrOfferEveryPartInAnOverlay() {
    String production =
        Checkout.read(
            Checkout.ROOT
                .relativize(Checkout.overlay("production").resolve(Kustomization.FILE))
                .toString());
    Set<Path> used =
        Checkout.OVERLAYS.stream()
            .flatMap(overlay -> Kustomization.in(Checkout.overlay(overlay)).all().stream())
            .map(Kustomization::folder)
            .collect(Collectors.toSet());
    assertThat(ALL)
        .extracting(Kustomization::folder)
        .allMatch(
            folder ->
                used.contains(folder)
                    || production.contains("# - ../../components/" + folder.getFileName() + "\n"));
  }

  private static Stream<Path> named() {
    return ALL.stream()
        .flatMap(
            kustomization ->
                Stream.of(
                        kustomization.resources(),
                        kustomization.patches(),
                        kustomization.generatorFiles(),
                        kustomization.configurations(),
                        kustomization.parts().stream()
                            .map(part -> part.resolve(Kustomization.FILE))
                            .toList())
                    .flatMap(List::stream));
  }

  @Test
  void shouldStayBelowItsFolderWhenAFileIsRead() {
    assertThat(ALL)
        .allSatisfy(
            kustomization ->
                assertThat(kustomization.resources())
                    .allMatch(file -> file.startsWith(kustomization.folder()))
                    .allMatch(Files::isRegularFile));
  }
}
