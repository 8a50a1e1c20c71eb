package dev.edit.trainer.messaging;

import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.recordloop.DeadLetters;
import dev.edit.recordloop.RecordLoop;
import dev.edit.trainer.domain.Dispatcher;
import dev.edit.trainer.metrics.TrainerMetrics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records of edit.runs to the dispatcher; what it tells of one is published in one
 * transaction with its offset, and what is no run becomes a dead letter.
 */
public final class Admission implements RecordLoop.Handler {
  private static final RecordCodec<Run> RUNS = RecordCodec.of(Run.class);
  private static final String STAGE = "dispatch";

  private final Dispatcher dispatcher;
  private final TrainerMetrics metrics;

  public Admission(Dispatcher dispatcher, TrainerMetrics metrics) {
    this.dispatcher = dispatcher;
    this.metrics = metrics;
  }

  @Override
  public RecordLoop.Outcome handle(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      dispatcher.withdraw(record.key());
      return new RecordLoop.Outcome(List.of(), () -> {});
    }
    try {
      Run run = RUNS.decode(record.value());
      Dispatcher.Decision decision = dispatcher.decide(run, record.partition());
      return new RecordLoop.Outcome(
          decision.tell().stream().map(Outputs::of).toList(), decision.then());
    } catch (UnreadableRecordException e) {
      return new RecordLoop.Outcome(
          List.of(Outputs.of(DeadLetters.of(record, STAGE, e.reason().code(), e.getMessage()))),
          () -> metrics.deadLetter(e.reason().code()));
    }
  }
}
