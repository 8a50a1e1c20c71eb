package dev.edit.trainer.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.trainer.domain.Dispatcher;
import dev.edit.trainer.metrics.TrainerMetrics;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.transactions.KafkaTransactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Accepts runs: the acceptance, or the dead letter, is committed together with the offset. */
@ApplicationScoped
public class RunsListener {
  private static final RecordCodec<Run> RUNS = RecordCodec.of(Run.class);
  private static final String STAGE = "dispatch";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Dispatcher dispatcher;
  private final KafkaTransactions<byte[]> admissions;
  private final TrainerMetrics metrics;

  RunsListener(
      Dispatcher dispatcher,
      @Channel(Channels.ADMISSIONS) KafkaTransactions<byte[]> admissions,
      TrainerMetrics metrics) {
    this.dispatcher = dispatcher;
    this.admissions = admissions;
    this.metrics = metrics;
  }

  @Incoming(Channels.RUNS)
  @Blocking
  Uni<Void> accept(Message<byte[]> message) {
    ConsumerRecord<String, byte[]> record = record(message);
    if (record.value() == null) {
      return commit(message, Optional.empty());
    }
    Run run;
    try {
      run = RUNS.decode(record.value());
    } catch (UnreadableRecordException e) {
      metrics.deadLetter(e.reason().code());
      return commit(message, Optional.of(DeadLetters.of(record, STAGE, e)));
    }
    if (!dispatcher.isNew(run)) {
      return commit(message, Optional.empty());
    }
    Uni<Void> committed = commit(message, Optional.of(dispatcher.acceptance(run)));
    dispatcher.enqueue(run);
    return committed;
  }

  /** One transaction at a time: this returns when it is committed, and throws when it is not. */
  private Uni<Void> commit(Message<byte[]> message, Optional<EventRecord> outcome) {
    admissions
        .withTransactionAndAck(
            message,
            emitter -> {
              outcome
                  .map(Outbox::address)
                  .ifPresent(
                      out -> emitter.send(KafkaRecord.of(out.topic(), out.key(), out.value())));
              return Uni.createFrom().voidItem();
            })
        .await()
        .atMost(PATIENCE);
    return Uni.createFrom().voidItem();
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecord<String, byte[]> record(Message<byte[]> message) {
    return message
        .getMetadata(IncomingKafkaRecordMetadata.class)
        .orElseThrow(() -> new IllegalStateException("the message did not come from Kafka"))
        .getRecord();
  }
}
