package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A {@code kustomization.yaml}, read so far that it is known which files it puts together. */
record Kustomization(Path folder, JsonNode node) {
  static final String FILE = "kustomization.yaml";

  static Kustomization in(Path folder) {
    List<Manifest> documents = Manifest.read(folder.resolve(FILE));
    if (documents.size() != 1) {
      throw new IllegalStateException(folder + ": expected one document in " + FILE);
    }
    return new Kustomization(folder, documents.get(0).node());
  }

  /** The folders of the bases and components that it names. */
  List<Path> parts() {
    return Stream.concat(elements(node.path("resources")), elements(node.path("components")))
        .map(entry -> folder.resolve(entry.asText()).normalize())
        .filter(Files::isDirectory)
        .toList();
  }

  /** The files of resources that it names. */
  List<Path> resources() {
    return elements(node.path("resources"))
        .map(entry -> folder.resolve(entry.asText()).normalize())
        .filter(path -> !Files.isDirectory(path))
        .toList();
  }

  /** The files of patches that it names. */
  List<Path> patches() {
    return elements(node.path("patches"))
        .filter(patch -> patch.has("path"))
        .map(patch -> folder.resolve(patch.get("path").asText()).normalize())
        .toList();
  }

  /** The files that tell its transformers which fields are theirs. */
  List<Path> configurations() {
    return elements(node.path("configurations"))
        .map(entry -> folder.resolve(entry.asText()).normalize())
        .toList();
  }

  /** The files that its generators read. */
  List<Path> generatorFiles() {
    return Stream.concat(
            elements(node.path("configMapGenerator")), elements(node.path("secretGenerator")))
        .flatMap(generator -> elements(generator.path("files")))
        .map(entry -> entry.asText().replaceFirst("^[^=]*=", ""))
        .map(file -> folder.resolve(file).normalize())
        .toList();
  }

  /** It and everything that it is put together from. */
  Set<Kustomization> all() {
    Set<Kustomization> all = new LinkedHashSet<>();
    all.add(this);
    parts().forEach(part -> all.addAll(in(part).all()));
    return all;
  }
}
