package dev.edit.generator.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.generator.domain.Delay;
import dev.edit.generator.domain.stage.Stage;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes a stage's loop: its channel's consumer, a transactional producer of its own. */
public final class StageLoops {
  private final KafkaClientService clients;
  private final Map<String, Object> kafka;
  private final String instance;
  private final GeneratorMetrics metrics;
  private final Delay delay;

  /**
   * What the stages share.
   *
   * @param kafka the broker's address and, where needed, credentials
   * @param instance tells this worker's transactions from another's; a restart under the same name
   *     ends what the killed process left open
   */
  public StageLoops(
      KafkaClientService clients,
      Map<String, Object> kafka,
      String instance,
      GeneratorMetrics metrics,
      Delay delay) {
    this.clients = clients;
    this.kafka = Map.copyOf(kafka);
    this.instance = instance;
    this.metrics = metrics;
    this.delay = delay;
  }

  <T extends EventRecord> StageLoop<T> of(String channel, Class<T> type, Stage<T> stage) {
    StageBatch<T> batch = new StageBatch<>(channel, RecordCodec.of(type), stage, metrics);
    Map<String, Object> producer = producer("edit-generator-" + channel + "-" + instance);
    return new StageLoop<>(
        channel,
        batch,
        new Outbox(() -> new KafkaProducer<>(producer)),
        () -> clients.getConsumer(channel),
        metrics,
        delay);
  }

  private Map<String, Object> producer(String transactionalId) {
    Map<String, Object> producer = new HashMap<>(kafka);
    producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    producer.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return producer;
  }
}
