package dev.edit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTracingTest {
  private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);
  private static final String KEY = "navigate/train/7";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();

  @Test
  void shouldHangTheReceiptOnTheSendingWhenARecordCrossesKafka() {
    RecordTracing tracing = tracing(Sampler.alwaysOn());
    ProducerRecord<String, byte[]> sent = send(tracing, "edit.problems", KEY);
    receive(tracing, "edit.problems", KEY, sent.headers());

    List<SpanData> seen = spans.getFinishedSpanItems();
    assertThat(seen)
        .extracting(SpanData::getName)
        .containsExactly("edit.problems send", "edit.problems receive");
    assertThat(seen.get(1).getParentSpanId()).isEqualTo(seen.get(0).getSpanId());
    assertThat(seen.get(1).getTraceId()).isEqualTo(seen.get(0).getTraceId());
    assertThat(seen.get(0).getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(seen.get(0).getAttributes().get(AttributeKey.stringKey("edit.problem")))
        .isEqualTo(KEY);
  }

  @Test
  void shouldBeOneTraceWhenServicesThatShareNothingSendTheSameKey() {
    send(tracing(Sampler.alwaysOn()), "edit.problems", KEY);
    send(tracing(Sampler.alwaysOn()), "edit.dual-cots", KEY);
    send(tracing(Sampler.alwaysOn()), "edit.dual-cots", "another");

    List<SpanData> seen = spans.getFinishedSpanItems();
    assertThat(seen.get(1).getTraceId()).isEqualTo(seen.get(0).getTraceId());
    assertThat(seen.get(2).getTraceId()).isNotEqualTo(seen.get(0).getTraceId());
  }

  @Test
  void shouldBeOneTraceWhenKeysBeginWithARun() {
    RecordTracing tracing = tracing(Sampler.alwaysOn());
    send(tracing, "edit.runs", "run-1");
    send(tracing, "edit.checkpoints", "run-1/sft");
    send(tracing, "edit.evaluations", "run-1/bbh");

    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .hasSize(3)
        .containsOnly(spans.getFinishedSpanItems().get(0).getTraceId());
  }

  @Test
  void shouldHangTheSendingOnTheWorkOnTheRunWhenItIsSentWithin() {
    OpenTelemetry telemetry = telemetry(Sampler.alwaysOn());
    RecordTracing tracing = new RecordTracing(() -> telemetry);
    send(tracing, "edit.runs", "run-1");
    try (WorkSpan work = WorkSpan.open(telemetry, "train", "run-1", 2)) {
      send(tracing, "edit.checkpoints", "run-1/sft");
      send(tracing, "edit.problems", KEY);
      work.failed("out of memory");
    }
    send(tracing, "edit.run-events", "run-1");

    Map<String, SpanData> seen =
        spans.getFinishedSpanItems().stream()
            .collect(Collectors.toMap(SpanData::getName, Function.identity()));
    SpanData work = seen.get("train");
    assertThat(work.getTraceId()).isEqualTo(seen.get("edit.runs send").getTraceId());
    assertThat(work.getStatus().getDescription()).isEqualTo("out of memory");
    assertThat(work.getAttributes().get(AttributeKey.longKey("edit.attempt"))).isEqualTo(2);
    assertThat(seen.get("edit.checkpoints send").getParentSpanId()).isEqualTo(work.getSpanId());
    assertThat(seen.get("edit.problems send").getTraceId()).isNotEqualTo(work.getTraceId());
    assertThat(seen.get("edit.run-events send").getParentSpanId())
        .isEqualTo(work.getParentSpanId());
  }

  @Test
  void shouldReplaceTheHeaderWhenARecordIsSentOn() {
    RecordTracing tracing = tracing(Sampler.alwaysOn());
    ProducerRecord<String, byte[]> first = send(tracing, "edit.problems", KEY);
    ProducerRecord<String, byte[]> second =
        tracing.onSend(new ProducerRecord<>("edit.problems", null, KEY, VALUE, first.headers()));
    assertThat(second.headers().headers("traceparent")).hasSize(1);
    assertThat(header(second))
        .hasValueSatisfying(
            value -> assertThat(value).contains(spans.getFinishedSpanItems().get(1).getSpanId()));
  }

  @Test
  void shouldTakeItsOwnTraceWhenTheHeaderIsGarbageOrTheKeyIsMissing() {
    RecordTracing tracing = tracing(Sampler.alwaysOn());
    ProducerRecord<String, byte[]> garbage = new ProducerRecord<>("edit.problems", KEY, VALUE);
    garbage.headers().add("traceparent", "not-a-trace".getBytes(StandardCharsets.UTF_8));
    receive(tracing, "edit.problems", KEY, garbage.headers());
    receive(tracing, "edit.problems", null, new ProducerRecord<>("x", KEY, VALUE).headers());

    List<SpanData> seen = spans.getFinishedSpanItems();
    assertThat(seen.get(0).getTraceId())
        .isEqualTo(KeyTrace.root("edit.problems", KEY).getTraceId());
    assertThat(seen.get(1).getTraceId()).isNotEqualTo(seen.get(0).getTraceId());
  }

  @Test
  void shouldLeaveTheRecordAloneWhenNothingIsRecorded() {
    assertThat(header(send(new RecordTracing(OpenTelemetry::noop), "edit.problems", KEY)))
        .isEmpty();
    assertThat(header(send(tracing(Sampler.alwaysOff()), "edit.problems", KEY))).isEmpty();
  }

  private static ProducerRecord<String, byte[]> send(
      RecordTracing tracing, String topic, String key) {
    return tracing.onSend(new ProducerRecord<>(topic, key, VALUE));
  }

  private static void receive(RecordTracing tracing, String topic, String key, Headers headers) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            topic, 0, 5, 0, TimestampType.CREATE_TIME, 0, 0, key, VALUE, headers, Optional.empty());
    tracing.onConsume(
        new ConsumerRecords<>(Map.of(new TopicPartition(topic, 0), List.of(record)), Map.of()));
  }

  private static Optional<String> header(ProducerRecord<String, byte[]> record) {
    return Optional.ofNullable(record.headers().lastHeader("traceparent"))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  private RecordTracing tracing(Sampler sampler) {
    OpenTelemetry telemetry = telemetry(sampler);
    return new RecordTracing(() -> telemetry);
  }

  private OpenTelemetry telemetry(Sampler sampler) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build())
        .build();
  }
}
