package dev.edit.evaluator.messaging;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.evaluator.metrics.EvaluatorMetrics;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.transactions.KafkaTransactions;
import io.smallrye.reactive.messaging.kafka.transactions.TransactionalEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Takes checkpoints one at a time, on a thread that may be blocked for as long as decoding takes;
 * evaluations, or the dead letter, are committed together with the offset.
 */
@ApplicationScoped
public class CheckpointsListener {
  private static final Logger LOG = System.getLogger(CheckpointsListener.class.getName());
  private static final RecordCodec<Evaluation> EVALUATIONS = RecordCodec.of(Evaluation.class);
  private static final RecordCodec<DeadLetter> DEAD_LETTERS = RecordCodec.of(DeadLetter.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long RETRY_SECONDS = 2;

  private final Evaluator evaluator;
  private final KafkaTransactions<byte[]> results;
  private final EvaluatorMetrics metrics;

  CheckpointsListener(
      Evaluator evaluator,
      @Channel(Channels.RESULTS) KafkaTransactions<byte[]> results,
      EvaluatorMetrics metrics) {
    this.evaluator = evaluator;
    this.results = results;
    this.metrics = metrics;
  }

  @Incoming(Channels.CHECKPOINTS)
  @Blocking("evaluations")
  Uni<Void> evaluate(Message<byte[]> message) throws InterruptedException {
    List<EventRecord> outcome = outcome(record(message));
    results
        .withTransactionAndAck(
            message,
            emitter -> {
              outcome.forEach(record -> send(emitter, record));
              return Uni.createFrom().voidItem();
            })
        .await()
        .atMost(PATIENCE);
    if (outcome.stream().anyMatch(Evaluation.class::isInstance)) {
      metrics.checkpoint();
    }
    return Uni.createFrom().voidItem();
  }

  /** Waits while Kafka is away: to give up would pass over the checkpoint. */
  private List<EventRecord> outcome(ConsumerRecord<String, byte[]> record)
      throws InterruptedException {
    while (true) {
      try {
        return evaluator.evaluate(record);
      } catch (KafkaException e) {
        LOG.log(Level.WARNING, "edit.problems could not be read yet: {0}", e.getMessage());
        TimeUnit.SECONDS.sleep(RETRY_SECONDS);
      }
    }
  }

  private static void send(TransactionalEmitter<byte[]> emitter, EventRecord record) {
    if (record instanceof Evaluation evaluation) {
      emitter.send(
          KafkaRecord.of(Topics.EVALUATIONS, evaluation.key(), EVALUATIONS.encode(evaluation)));
    } else if (record instanceof DeadLetter letter) {
      emitter.send(KafkaRecord.of(Topics.DEAD_LETTERS, letter.key(), DEAD_LETTERS.encode(letter)));
    } else {
      throw new IllegalArgumentException("the evaluator writes no " + record.getClass().getName());
    }
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecord<String, byte[]> record(Message<byte[]> message) {
    return message
        .getMetadata(IncomingKafkaRecordMetadata.class)
        .orElseThrow(() -> new IllegalStateException("the message did not come from Kafka"))
        .getRecord();
  }
}
