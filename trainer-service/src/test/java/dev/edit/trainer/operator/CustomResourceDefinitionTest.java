package dev.edit.trainer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifest that users apply says what the Java model says. */
class CustomResourceDefinitionTest {
  private static final Path MANIFEST = Path.of("../k8s/crds/distillationruns.yaml");

  private final CustomResourceDefinition manifest = read();
  private final CustomResourceDefinitionVersion version = manifest.getSpec().getVersions().get(0);
  private final Map<String, JSONSchemaProps> fields =
      version.getSchema().getOpenAPIV3Schema().getProperties();

  private static CustomResourceDefinition read() {
    try {
      return Serialization.unmarshal(Files.readString(MANIFEST), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void shouldNameTheResourceAsTheModelDoes() {
    DistillationRun model = new DistillationRun();

    assertThat(manifest.getMetadata().getName()).isEqualTo(model.getCRDName());
    assertThat(manifest.getSpec().getGroup()).isEqualTo(model.getGroup());
    assertThat(manifest.getSpec().getNames().getKind()).isEqualTo(model.getKind());
    assertThat(manifest.getSpec().getScope()).isEqualTo("Namespaced");
    assertThat(version.getName()).isEqualTo(model.getVersion());
  }

  @Test
  void shouldHaveExactlyTheFieldsOfTheModel() {
    JSONSchemaProps spec = fields.get("spec");
    assertThat(spec.getProperties()).containsOnlyKeys(components(DistillationRunSpec.class));
    assertThat(spec.getProperties().get("dataset").getProperties())
        .containsOnlyKeys(components(DistillationRunSpec.Dataset.class));
    assertThat(fields.get("status").getProperties())
        .containsOnlyKeys(components(DistillationRunStatus.class));
  }

  @Test
  void shouldKnowAllRecipesPresetsAndPhases() {
    Map<String, JSONSchemaProps> spec = fields.get("spec").getProperties();

    assertThat(words(spec.get("recipe")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Recipe.values()).map(Recipe::recipeName).toList());
    assertThat(words(spec.get("preset"))).containsExactlyInAnyOrderElementsOf(Presets.NAMES);
    assertThat(words(fields.get("status").getProperties().get("phase")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DistillationRunStatus.Phase.values())
                .map(DistillationRunStatus.Phase::word)
                .toList());
  }

  @Test
  void shouldTellTheStoryInColumns() {
    assertThat(version.getAdditionalPrinterColumns())
        .extracting(column -> column.getName())
        .startsWith("Recipe", "Phase", "Progress", "Accuracy", "Age");
    assertThat(version.getSubresources().getStatus()).isNotNull();
  }

  private static List<String> words(JSONSchemaProps field) {
    return field.getEnum().stream().map(node -> node.asText()).toList();
  }
}
