package dev.edit.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.TeacherUsage;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.datasets.export.ExportFormat;
import dev.edit.datasets.export.RecordExport;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TeacherUsage USAGE = new TeacherUsage("teacher-1", 1, 1);
  private static final String METADATA =
      """
      {"id": "s/t/1", "task": "t", "source": "s", "domain": "in", "answer": "5",
       "origin": "CORRUPTED", "mistake": null, "teacher": "teacher-1", "canary": "GUID",
       "topic": "edit.dual-cots", "partition": 2, "offset": 7}
      """;

  @Test
  void shouldGiveEachFormatItsShapeWhenThereIsADual() throws Exception {
    assertRow(
        "trl-preference",
        "{\"prompt\": \"2 + 3?\\n\", \"chosen\": \"So it is 5.\", \"rejected\": \"So it is 6.\"}");
    assertRow(
        "trl-prompt-completion", "{\"prompt\": \"2 + 3?\\n\", \"completion\": \"So it is 5.\"}");
    assertRow(
        "sharegpt",
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"2 + 3?\"},"
            + " {\"from\": \"gpt\", \"value\": \"So it is 5.\"}]}");
    assertRow(
        "alpaca", "{\"instruction\": \"2 + 3?\", \"input\": \"\", \"output\": \"So it is 5.\"}");
  }

  @Test
  void shouldLeaveOutWhatAFormatCannotHold() {
    byte[] alone = bytes(DualCot.class, dual(Split.TRAIN, null));
    assertThat(export(Topics.DUAL_COTS, "trl-preference").row(alone, 0, 0)).isEmpty();
    assertThat(export(Topics.DUAL_COTS, "alpaca").row(alone, 0, 0)).isPresent();
    byte[] test = bytes(DualCot.class, dual(Split.TEST, "So it is 6."));
    for (String format : new String[] {"trl-preference", "trl-prompt-completion", "alpaca"}) {
      assertThat(export(Topics.DUAL_COTS, format).row(test, 0, 0)).as(format).isEmpty();
    }
  }

  @Test
  void shouldGiveTheSameRowWhenItComesFromKeySteps() throws Exception {
    Problem problem = dual(Split.TRAIN, null).problem();
    KeySteps steps =
        new KeySteps(
            problem,
            "sha256:0",
            "reference",
            new int[] {1},
            side("So it is 5."),
            side("So it is 6."),
            0.5,
            0,
            DualCot.Origin.CORRUPTED,
            null);
    Optional<byte[]> row =
        export(Topics.KEY_STEPS, "trl-preference").row(bytes(KeySteps.class, steps), 0, 0);
    JsonNode read = JSON.readTree(row.orElseThrow());
    assertThat(read.get("chosen").textValue()).isEqualTo("So it is 5.");
    assertThat(read.get("rejected").textValue()).isEqualTo("So it is 6.");
    assertThat(read.get("metadata").get("teacher").isNull()).isTrue();
  }

  @Test
  void shouldGiveRecordsAsTheyAreWhenTheFormatIsJsonLines() {
    byte[] problem = bytes(Problem.class, dual(Split.TEST, null).problem());
    assertThat(export(Topics.PROBLEMS, "jsonl").row(problem, 0, 0)).contains(problem);
    byte[] poison = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> export(Topics.PROBLEMS, "jsonl").row(poison, 0, 0))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void shouldNameTheChoicesWhenTopicOrFormatIsUnknown() {
    assertThatThrownBy(() -> export(Topics.PROBLEMS, "alpaca"))
        .hasMessage(
            "topic: expected one of [edit.dual-cots, edit.key-steps] for format alpaca, but was"
                + " 'edit.problems'");
    assertThatThrownBy(() -> export("edit.nothing", "jsonl")).hasMessageContaining("edit.problems");
    assertThatThrownBy(() -> ExportFormat.of("parquet"))
        .hasMessageContaining("trl-prompt-completion")
        .hasMessageContaining("parquet");
  }

  private static void assertRow(String format, String expected) throws IOException {
    byte[] value = bytes(DualCot.class, dual(Split.TRAIN, "So it is 6."));
    Optional<byte[]> row = export(Topics.DUAL_COTS, format).row(value, 2, 7);
    ObjectNode whole = (ObjectNode) JSON.readTree(expected);
    whole.set("metadata", JSON.readTree(METADATA));
    assertThat(JSON.readTree(row.orElseThrow())).as(format).isEqualTo(whole);
  }

  private static RecordExport export(String topic, String format) {
    return RecordExport.of(topic, ExportFormat.of(format));
  }

  private static <T extends EventRecord> byte[] bytes(Class<T> type, T value) {
    return RecordCodec.of(type).encode(value);
  }

  private static KeySteps.Side side(String text) {
    return new KeySteps.Side(text, new int[] {1, 2}, new int[0][], new int[0][]);
  }

  private static DualCot dual(Split split, String wrong) {
    Problem problem = new Problem("s/t/1", "t", "2 + 3?", "5", split, Domain.IN, "s", "GUID");
    return new DualCot(
        problem,
        new DualCot.Side("So it is 5.", "5", USAGE),
        wrong == null ? null : new DualCot.Side(wrong, "6", USAGE),
        DualCot.Origin.CORRUPTED,
        null);
  }
}
