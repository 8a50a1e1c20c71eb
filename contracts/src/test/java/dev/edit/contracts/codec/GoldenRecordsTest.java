package dev.edit.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A golden record of each type and version is read forever, and says the same as its JSON Schema
 * and its Java record.
 */
class GoldenRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Class<? extends EventRecord>> types() {
    return Topics.ALL.stream().<Class<? extends EventRecord>>map(Topics.Topic::type).distinct();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldReadAndWriteTheGoldenRecordUnchanged(Class<? extends EventRecord> type)
      throws IOException {
    assertThat(JSON.readTree(roundTrip(type, golden(type)))).isEqualTo(JSON.readTree(golden(type)));
  }

  @ParameterizedTest
  @CsvSource({
    "run-all-fields, dev.edit.contracts.Run",
    "run-of-a-file, dev.edit.contracts.Run",
    "checkpoint-adapter, dev.edit.contracts.Checkpoint",
    "run-event-diverged, dev.edit.contracts.RunEvent",
    "run-event-with-eta, dev.edit.contracts.RunEvent",
    "run-event-with-memory, dev.edit.contracts.RunEvent",
    "evaluation-self-consistency, dev.edit.contracts.Evaluation",
    "evaluation-held-out-duals, dev.edit.contracts.Evaluation",
    "run-with-held-out-duals, dev.edit.contracts.Run"
  })
  void shouldReadAndWriteOptionalFieldsUnchanged(String file, Class<? extends EventRecord> type)
      throws IOException {
    byte[] golden = file(file);
    assertThat(JSON.readTree(roundTrip(type, golden))).isEqualTo(JSON.readTree(golden));
    assertThat(schema(type).validate(JSON.readTree(golden))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldIgnoreUnknownFields(Class<? extends EventRecord> type) throws IOException {
    var extended = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(golden(type));
    extended.put("fieldOfANewerWriter", true);
    assertThat(JSON.readTree(roundTrip(type, JSON.writeValueAsBytes(extended))))
        .isEqualTo(JSON.readTree(golden(type)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', gradientCheckpoints",
    "/hyperparameters, gradient_checkpointing",
    "/hyperparameters/keySteps, aplha",
    "/dataset/duals, origin"
  })
  void shouldNameAnUnknownFieldWhenPeopleWroteIt(String place, String field) throws IOException {
    RecordCodec<Run> codec = RecordCodec.of(Run.class);
    byte[] golden = file("run-all-fields");
    assertThat(codec.decodeKnown(golden)).isEqualTo(codec.decode(golden));
    JsonNode run = JSON.readTree(golden);
    ((com.fasterxml.jackson.databind.node.ObjectNode) run.at(place)).put(field, 1);
    String path = (place + "/" + field).substring(1).replace('/', '.');
    assertThatThrownBy(() -> codec.decodeKnown(JSON.writeValueAsBytes(run)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageStartingWith("field '" + path + "': unknown, expected one of ");
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldAcceptTheGoldenRecordBySchema(Class<? extends EventRecord> type) throws IOException {
    assertThat(schema(type).validate(JSON.readTree(golden(type)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldRefuseBySchemaWhateverLacksARequiredField(Class<? extends EventRecord> type)
      throws IOException {
    JsonNode required = JSON.readTree(JsonSchemas.of(type)).get("required");
    for (JsonNode field : required) {
      var incomplete = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(golden(type));
      incomplete.remove(field.textValue());
      assertThat(schema(type).validate(incomplete)).as("without %s", field).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldNameInTheSchemaExactlyTheComponentsOfTheRecord(Class<? extends EventRecord> type)
      throws IOException {
    Iterator<String> names = JSON.readTree(JsonSchemas.of(type)).get("properties").fieldNames();
    assertThat(names)
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("schemaVersion"),
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName))
                .toList());
  }

  private static <T extends EventRecord> byte[] roundTrip(Class<T> type, byte[] json) {
    RecordCodec<T> codec = RecordCodec.of(type);
    return codec.encode(codec.decode(json));
  }

  private static JsonSchema schema(Class<? extends EventRecord> type) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JsonSchemas.of(type));
  }

  private static byte[] golden(Class<? extends EventRecord> type) throws IOException {
    return file(JsonSchemas.fileName(type));
  }

  private static byte[] file(String name) throws IOException {
    String path = "/golden/v1/" + name + ".json";
    try (InputStream in = GoldenRecordsTest.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }
}
