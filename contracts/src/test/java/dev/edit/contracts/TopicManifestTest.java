package dev.edit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The manifest that creates the topics on a cluster names those of the code, kept as the code says.
 */
class TopicManifestTest {
  private static final Path MANIFEST = Path.of("../k8s/overlays/production/topics.yaml");

  @Test
  void shouldDeclareExactlyTheTopicsOfTheContract() throws IOException {
    assertThat(manifests().stream().map(manifest -> manifest.at("/metadata/name").asText()))
        .containsExactlyElementsOf(Topics.ALL.stream().map(Topics.Topic::name).toList());
  }

  @Test
  void shouldKeepEachTopicAsTheContractSays() throws IOException {
    assertThat(
            manifests().stream()
                .map(manifest -> manifest.at("/spec/config/cleanup.policy").asText()))
        .containsExactlyElementsOf(
            Topics.ALL.stream()
                .map(topic -> topic.retention().name().toLowerCase(Locale.ROOT))
                .toList());
  }

  private static List<JsonNode> manifests() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (MappingIterator<JsonNode> documents =
        yaml.readerFor(JsonNode.class).readValues(MANIFEST.toFile())) {
      return documents.readAll();
    }
  }
}
