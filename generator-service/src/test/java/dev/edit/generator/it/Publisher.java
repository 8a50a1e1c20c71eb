package dev.edit.generator.it;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes problems. */
final class Publisher {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);

  private Publisher() {}

  /**
   * One request at a time: a topic made this moment may refuse the first batch and take the second,
   * after which an idempotent producer never gets the first one in.
   */
  static void publish(String brokers, List<Problem> problems) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", brokers, "max.in.flight.requests.per.connection", 1);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (Problem problem : problems) {
        producer.send(
            new ProducerRecord<>(Topics.PROBLEMS, problem.key(), PROBLEMS.encode(problem)));
      }
    }
  }
}
