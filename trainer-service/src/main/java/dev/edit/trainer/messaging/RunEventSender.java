package dev.edit.trainer.messaging;

import dev.edit.contracts.RunEvent;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Publishes events that no record of edit.runs caused, such as a worker's death. Thread-safe. */
public final class RunEventSender implements AutoCloseable {
  private final Producer<String, byte[]> producer;

  public RunEventSender(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Returns when Kafka has the event.
   *
   * @throws KafkaException where Kafka does not take it
   */
  public void send(RunEvent event) {
    try {
      producer.send(Outputs.of(event).toRecord()).get();
    } catch (ExecutionException e) {
      throw new KafkaException("event of run " + event.run() + " not published", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("event of run " + event.run() + " not published", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
