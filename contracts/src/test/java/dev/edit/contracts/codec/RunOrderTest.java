package dev.edit.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import dev.edit.contracts.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The optional fields by which a run is cancelled and tried again. */
class RunOrderTest {
  private static final RecordCodec<Run> RUNS = RecordCodec.of(Run.class);
  private static final RecordCodec<RunEvent> EVENTS = RecordCodec.of(RunEvent.class);

  @Test
  void shouldReadTheFirstAttemptWhereNoOrderWasWritten() throws IOException {
    assertThat(golden().epoch()).isEqualTo(1);
    assertThat(golden().wantsCancel()).isFalse();
    assertThat(new RunEvent("r", Instant.EPOCH, RunEvent.State.RUNNING, null, null, null).attempt())
        .isEqualTo(1);
  }

  @Test
  void shouldKeepAnOrderThroughTheCodecAndBeValidBySchema() throws IOException {
    Run cancelled = golden().withOrder(new Order(3, Desired.CANCELLED));

    byte[] json = RUNS.encode(cancelled);

    assertThat(RUNS.decode(json)).isEqualTo(cancelled);
    assertThat(RUNS.decode(json).wantsCancel()).isTrue();
    assertThat(schema(Run.class).validate(new ObjectMapper().readTree(json))).isEmpty();
  }

  @Test
  void shouldKeepAnEventsEpochThroughTheCodecAndBeValidBySchema() throws IOException {
    RunEvent pending =
        new RunEvent("r", Instant.EPOCH, RunEvent.State.PENDING, null, "no GPU is free", null, 2);

    byte[] json = EVENTS.encode(pending);

    assertThat(EVENTS.decode(json)).isEqualTo(pending);
    assertThat(EVENTS.decode(json).attempt()).isEqualTo(2);
    assertThat(schema(RunEvent.class).validate(new ObjectMapper().readTree(json))).isEmpty();
  }

  @Test
  void shouldNameTheEpochWhenItIsBelowOne() {
    assertThatThrownBy(() -> new Order(0, Desired.TRAINED)).hasMessageContaining("epoch");
    assertThatThrownBy(
            () -> new RunEvent("r", Instant.EPOCH, RunEvent.State.RUNNING, null, null, null, 0))
        .hasMessageContaining("epoch");
  }

  private static JsonSchema schema(Class<? extends EventRecord> type) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JsonSchemas.of(type));
  }

  private static Run golden() throws IOException {
    try (InputStream in = RunOrderTest.class.getResourceAsStream("/golden/v1/run.json")) {
      return RUNS.decode(in.readAllBytes());
    }
  }
}
