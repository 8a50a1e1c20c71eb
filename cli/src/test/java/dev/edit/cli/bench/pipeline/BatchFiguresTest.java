package dev.edit.cli.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.edit.cli.pipeline.MetricsText;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BatchFiguresTest {
  private static final byte[] VALUE = {1};

  private final RecordTape tape = new RecordTape(Clock.systemUTC());

  @Test
  void shouldMeasureFromTheFirstProblemToTheLastEndWhenStagesOverlap() {
    record(Topics.PROBLEMS, "a", 1_000);
    record(Topics.PROBLEMS, "b", 1_100);
    record(Topics.PROBLEMS, "other", 0);
    record(Topics.WRONG_COTS, "a", 1_500);
    record(Topics.RIGHT_COTS, "b", 2_100);
    record(Topics.DUAL_COTS, "a", 2_000);
    record(Topics.DUAL_COTS, "b", 2_600);
    record(Topics.KEY_STEPS, "a", 2_200);
    record(Topics.KEY_STEPS, "b", 3_000);
    record(Topics.KEY_STEPS, "other", 9_000);

    BatchFigures figures = BatchFigures.of(tape, Set.of("a", "b"));

    assertThat(figures.problems()).isEqualTo(2);
    assertThat(figures.seconds()).isEqualTo(2);
    assertThat(figures.problemsPerSecond()).isEqualTo(1);
    assertThat(figures.latency()).isEqualTo(new Waits(2, 1_550, 1_865, 1_893, 1_900));
    assertThat(figures.stages())
        .extracting(StageFigures::stage, StageFigures::records, StageFigures::seconds)
        .containsExactly(
            tuple("annotate", 2, 1.1), tuple("rectify, corrupt", 2, 1.6), tuple("align", 2, 2.0));
    assertThat(figures.stages().get(2).waits().longest()).isEqualTo(400);
  }

  @Test
  void shouldCountADeadLetterAsAnEndButNotAsALatencyWhenAProblemFails() {
    record(Topics.PROBLEMS, "a", 1_000);
    record(Topics.PROBLEMS, "b", 1_000);
    record(Topics.KEY_STEPS, "a", 1_500);
    record(Topics.DEAD_LETTERS, "b", 5_000);

    BatchFigures figures = BatchFigures.of(tape, Set.of("a", "b"));

    assertThat(figures.seconds()).isEqualTo(4);
    assertThat(figures.latency().n()).isOne();
    assertThat(tape.ended()).isEqualTo(2);
  }

  @Test
  void shouldGiveEachRecordToTheStageThatMadeItWhenThePlainLoopsRepeatThem() {
    record(Topics.PROBLEMS, "a", 1);
    record(Topics.PROBLEMS, "b", 1);
    record(Topics.WRONG_COTS, "a", 2);
    record(Topics.RIGHT_COTS, "b", 2);
    record(Topics.DUAL_COTS, "a", 3);
    record(Topics.KEY_STEPS, "a", 4);
    DeadLetter letter =
        new DeadLetter(
            "b",
            "corrupt",
            "no-answer",
            "none",
            3,
            null,
            new DeadLetter.Pointer(Topics.RIGHT_COTS, 0, 0, "00"));
    record(Topics.DEAD_LETTERS, "b", 5, RecordCodec.of(DeadLetter.class).encode(letter));

    var outputs = PlainLoops.outputs(tape);

    assertThat(outputs.get(Topics.PROBLEMS).get("a"))
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.WRONG_COTS);
    assertThat(outputs.get(Topics.PROBLEMS).get("b"))
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.RIGHT_COTS);
    assertThat(outputs.get(Topics.WRONG_COTS).get("a"))
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.DUAL_COTS);
    assertThat(outputs.get(Topics.RIGHT_COTS).get("b"))
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.DEAD_LETTERS);
    assertThat(outputs.get(Topics.DUAL_COTS)).containsOnlyKeys("a");
  }

  @Test
  void shouldCountWhatWasAskedInBetweenWhenTheTeacherWasAskedBefore() {
    BatchFigures batch = new BatchFigures(10, 5, 2, List.of(), new Waits(0, 0, 0, 0, 0));

    TeacherFigures teacher = TeacherFigures.between(metrics(100, 30), metrics(122, 41), batch);

    assertThat(teacher.calls()).isEqualTo(22);
    assertThat(teacher.callsPerProblem()).isEqualTo(2.2, within(1e-9));
    assertThat(teacher.callsPerSecond()).isEqualTo(4.4, within(1e-9));
    assertThat(teacher.secondsPerCall()).isEqualTo(0.5, within(1e-9));
    assertThat(teacher.callsAtOnce()).isEqualTo(2.2, within(1e-9));
  }

  private static MetricsText metrics(int calls, int seconds) {
    return new MetricsText(
        "edit_generator_teacher_calls_seconds_count{outcome=\"answered\"} %d.0\nedit_generator_teacher_calls_seconds_sum{outcome=\"answered\"} %d.0\n"
            .formatted(calls, seconds));
  }

  private void record(String topic, String key, long timestamp) {
    record(topic, key, timestamp, VALUE);
  }

  private void record(String topic, String key, long timestamp, byte[] value) {
    tape.take(
        new ConsumerRecord<>(
            topic,
            0,
            0,
            timestamp,
            TimestampType.CREATE_TIME,
            key.length(),
            value.length,
            key,
            value,
            new RecordHeaders(),
            Optional.empty()));
  }
}
