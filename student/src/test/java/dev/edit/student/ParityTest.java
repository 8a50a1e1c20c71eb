package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.student.files.ModelWeights;
import dev.edit.student.files.TensorData;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoder computes what Hugging Face's transformers and peft compute; {@code parity/README.md}
 * says how their numbers were got.
 */
class ParityTest {
  private static final double TOLERANCE = 1e-4;
  private static final String ADAPTED = "llama/adapted";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama/plain",
        "llama/linear",
        "llama/dynamic",
        "llama/llama3",
        ADAPTED,
        "mistral/windowed",
        "qwen2/windowed"
      })
  void shouldComputeWhatTransformersComputes(String name) throws Exception {
    Path file = Path.of(ParityTest.class.getResource("parity/" + name + ".json").toURI());
    JsonNode expected = new ObjectMapper().readTree(Files.readString(file));
    int[] ids = new ObjectMapper().convertValue(expected.get("ids"), int[].class);
    double[][] logits = new ObjectMapper().convertValue(expected.get("logits"), double[][].class);
    try (Student student = student(expected.get("config"), file)) {
      if (name.equals(ADAPTED)) {
        Path adapter = file.resolveSibling("adapter");
        student.attach(withoutDropout(AdapterFolder.read(adapter, student.config()).adapter()));
      }
      float[][] actual = Scorer.logits(student, ids);
      double[] scores = Scorer.logProbabilities(student, List.of(ids))[0];
      for (int t = 0; t < ids.length; t++) {
        for (int id = 0; id < logits[t].length; id++) {
          assertThat((double) actual[t][id])
              .as("logit of %d after token %d", id, t)
              .isEqualTo(logits[t][id], within(TOLERANCE));
        }
        if (t > 0) {
          assertThat(scores[t]).isEqualTo(logSoftmax(logits[t - 1], ids[t]), within(TOLERANCE));
        }
      }
      assertGradients(student, ids, expected);
    }
  }

  private static void assertGradients(Student student, int[] ids, JsonNode expected) {
    int from = expected.get("responseFrom").asInt();
    Example example =
        new Example(Arrays.copyOf(ids, from), Arrays.copyOfRange(ids, from, ids.length));
    TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
    double loss = session.accumulate(Objectives.sft(List.of(example)));
    assertThat(loss).isEqualTo(expected.get("loss").asDouble(), within(TOLERANCE));
    JsonNode gradients = expected.get("gradients");
    assertThat(session.gradients().keySet())
        .containsExactlyInAnyOrderElementsOf(gradients::fieldNames);
    session
        .gradients()
        .forEach(
            (name, gradient) -> {
              double square = 0;
              for (float value : gradient.values()) {
                square += (double) value * value;
              }
              JsonNode numbers = gradients.get(name);
              assertThat(Math.sqrt(square))
                  .as("norm of the gradient of %s", name)
                  .isEqualTo(numbers.get("norm").asDouble(), within(TOLERANCE));
              for (int i = 0; i < numbers.get("first").size(); i++) {
                assertThat((double) gradient.values()[i])
                    .as("gradient of %s[%d]", name, i)
                    .isEqualTo(numbers.get("first").get(i).asDouble(), within(TOLERANCE));
              }
            });
  }

  /** The expected gradients are those of an evaluation, which drops nothing. */
  private static LoraAdapter withoutDropout(LoraAdapter adapter) {
    LoraSettings settings = adapter.settings();
    return new LoraAdapter(
        new LoraSettings(settings.rank(), settings.alpha(), 0, settings.targets()),
        adapter.tensors());
  }

  private static Student student(JsonNode json, Path file) throws IOException {
    StudentConfig config = StudentConfigJson.read(json.toString(), file.toString());
    Map<String, TensorData> weights = new LinkedHashMap<>(ModelWeights.read(file.getParent()));
    return new Student(new StudentFolder(config, weights, Map.of()));
  }

  private static double logSoftmax(double[] logits, int id) {
    double max = Arrays.stream(logits).max().orElseThrow();
    return logits[id] - max - Math.log(Arrays.stream(logits).map(z -> Math.exp(z - max)).sum());
  }
}
