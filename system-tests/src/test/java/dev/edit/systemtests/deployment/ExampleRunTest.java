package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.RunCheck;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The run that people are to try first is one that the dispatcher takes. */
class ExampleRunTest {
  @Test
  void shouldBeARunOfTheLocalStudentWhenItIsApplied() throws Exception {
    Manifest example = Manifest.read(Checkout.EXAMPLES.resolve("run.yaml")).get(0);
    ObjectNode record = example.node().path("spec").deepCopy();
    record.put("schemaVersion", RecordCodec.SCHEMA_VERSION).put("id", example.name());
    record.putObject("dataset").putArray("tasks");
    ((ObjectNode) record.path("dataset"))
        .putArray("offsets")
        .addObject()
        .put("partition", 0)
        .put("from", 0)
        .put("to", 300);

    Run run =
        RecordCodec.of(Run.class)
            .decode(new ObjectMapper().writeValueAsString(record).getBytes(StandardCharsets.UTF_8));

    RunCheck.require(run);
    assertThat(
            Kubectl.kustomize(Checkout.overlay("local")).stream()
                .filter(manifest -> manifest.is("ConfigMap"))
                .map(manifest -> manifest.node().at("/data/student").asText()))
        .contains(run.student());
  }

  @Test
  void shouldBeTheSameRunWhenItIsOrderedByTheCommandLine() throws Exception {
    Manifest example = Manifest.read(Checkout.EXAMPLES.resolve("run.yaml")).get(0);
    ObjectNode expected = example.node().path("spec").deepCopy();
    expected.put("schemaVersion", RecordCodec.SCHEMA_VERSION).put("id", example.name());

    JsonNode file = new ObjectMapper().readTree(Checkout.read("docker/run.json"));

    assertThat(file).isEqualTo(new ObjectMapper().readTree(expected.toString()));
  }
}
