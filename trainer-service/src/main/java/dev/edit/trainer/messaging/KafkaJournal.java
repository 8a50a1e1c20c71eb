package dev.edit.trainer.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.RunEvent;
import dev.edit.recordloop.KafkaClients;
import dev.edit.trainer.domain.RunJournal;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A worker's journal on Kafka: each call is one transaction. A second journal of the same run shuts
 * the first one out, so that of two workers of one run just the younger is heard.
 */
public final class KafkaJournal implements RunJournal, AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaProducer<String, byte[]> producer;
  private final int epoch;

  /**
   * Shuts out older journals of the run.
   *
   * @param epoch the attempt that the events are of
   * @param patience how long Kafka may be away
   * @throws KafkaException where Kafka does not answer
   */
  public KafkaJournal(String bootstrapServers, String run, int epoch, Duration patience) {
    this.epoch = epoch;
    int patienceMs = Math.toIntExact(patience.toMillis());
    Properties settings = new Properties();
    settings.putAll(KafkaEnvironment.access());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "edit-trainer-worker-" + run);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs / 2);
    KafkaClients.interceptors()
        .ifPresent(names -> settings.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, names));
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ProducerFencedException where a younger worker of the run has taken over
   * @throws KafkaException where Kafka refuses or does not answer
   */
  @Override
  public void publish(List<EventRecord> records) {
    producer.beginTransaction();
    try {
      for (EventRecord record : records) {
        producer.send(Outputs.of(ofAttempt(record)).toRecord());
      }
      producer.commitTransaction();
    } catch (ProducerFencedException e) {
      throw e;
    } catch (KafkaException e) {
      producer.abortTransaction();
      throw e;
    }
  }

  private EventRecord ofAttempt(EventRecord record) {
    return record instanceof RunEvent event ? event.ofAttempt(epoch) : record;
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
