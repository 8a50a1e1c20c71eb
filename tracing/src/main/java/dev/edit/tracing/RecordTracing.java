package dev.edit.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A span for each record that is sent and for each that is received: Kafka's {@code
 * interceptor.classes}, of producers and consumers alike. A sent record carries its span as {@code
 * traceparent} (W3C); the span of receiving it hangs on that one, and that of sending on the {@link
 * WorkSpan} in which it is sent, if any. Where nothing records spans, no header is added.
 *
 * <p>The spans are points in time: what lies between the receipt of one record and the sending of
 * the next of the same key is the work of a stage.
 */
public final class RecordTracing
    implements ProducerInterceptor<String, byte[]>, ConsumerInterceptor<String, byte[]> {
  private static final String HEADER = "traceparent";

  private final Supplier<OpenTelemetry> telemetry;

  /** Kafka makes it by name, maybe before the process has telemetry. */
  public RecordTracing() {
    this(GlobalOpenTelemetry::get);
  }

  RecordTracing(Supplier<OpenTelemetry> telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> record) {
    Context work = underWay(record.topic(), record.key());
    Span span = span("send", SpanKind.PRODUCER, record.topic(), record.key(), work);
    // What records nothing hands its parent on, which is the key's root and nobody's span.
    boolean recorded = span.isRecording();
    span.end();
    if (recorded) {
      W3CTraceContextPropagator.getInstance()
          .inject(Context.root().with(span), record.headers(), RecordTracing::put);
    }
    return record;
  }

  @Override
  public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      Context sender =
          W3CTraceContextPropagator.getInstance()
              .extract(Context.root(), record.headers(), HeaderGetter.INSTANCE);
      span("receive", SpanKind.CONSUMER, record.topic(), record.key(), sender)
          .setAttribute("messaging.destination.partition.id", String.valueOf(record.partition()))
          .setAttribute("messaging.kafka.offset", record.offset())
          .end();
    }
    return records;
  }

  private Span span(String what, SpanKind kind, String topic, String key, Context parent) {
    Tracer tracer = telemetry.get().getTracer("dev.edit.tracing");
    return tracer
        .spanBuilder(topic + " " + what)
        .setParent(hasSpan(parent) ? parent : rooted(topic, key))
        .setSpanKind(kind)
        .setAttribute("messaging.system", "kafka")
        .setAttribute("messaging.destination.name", topic)
        .setAttribute(KeyTrace.isOfRuns(topic) ? "edit.run" : "edit.problem", key)
        .startSpan();
  }

  /**
   * What the thread does for the key: a {@link WorkSpan} of its trace; a span of another is not.
   */
  private static Context underWay(String topic, String key) {
    String trace = Span.current().getSpanContext().getTraceId();
    boolean same = key != null && trace.equals(KeyTrace.root(topic, key).getTraceId());
    return same ? Context.current() : Context.root();
  }

  private static boolean hasSpan(Context context) {
    return Span.fromContext(context).getSpanContext().isValid();
  }

  private static Context rooted(String topic, String key) {
    return key == null ? Context.root() : Context.root().with(Span.wrap(KeyTrace.root(topic, key)));
  }

  private static void put(Headers headers, String name, String value) {
    if (headers != null && name.equals(HEADER)) {
      headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
    // A record that could not be sent is tried again by its sender, which makes another span.
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Offsets are committed by transactions, which do not come by here.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to configure: OpenTelemetry has its own keys.
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private enum HeaderGetter implements TextMapGetter<Headers> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Headers headers) {
      return StreamSupport.stream(headers.spliterator(), false).map(Header::key).toList();
    }

    @Override
    public String get(Headers headers, String name) {
      Header header = headers == null ? null : headers.lastHeader(name);
      return header == null || header.value() == null
          ? null
          : new String(header.value(), StandardCharsets.UTF_8);
    }
  }
}
