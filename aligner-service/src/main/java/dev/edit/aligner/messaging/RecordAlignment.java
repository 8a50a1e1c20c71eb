package dev.edit.aligner.messaging;

import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.domain.Outcome;
import dev.edit.aligner.messaging.BatchTransform.Results;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.tracing.LogContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What a record gives: one key-step record or one dead letter. Nothing a record holds stops its
 * batch; a tombstone gives nothing. For many threads at once.
 */
final class RecordAlignment {
  /** Below the brokers' usual limit of 1 MiB, with room for what Kafka wraps around a record. */
  static final int LARGEST_VALUE = 900_000;

  private static final Logger LOG = Logger.getLogger(RecordAlignment.class);
  private static final RecordCodec<DualCot> DUALS = RecordCodec.of(DualCot.class);
  private static final RecordCodec<KeySteps> KEY_STEPS = RecordCodec.of(KeySteps.class);

  private final DualAlignment alignment;

  RecordAlignment(DualAlignment alignment) {
    this.alignment = alignment;
  }

  /** What one record gives. */
  Results of(ConsumerRecord<String, byte[]> source) {
    Results results = Results.empty();
    if (source.value() == null) {
      results.tallies().add(AlignerMetrics::tombstone);
    } else {
      process(source, results);
    }
    return results;
  }

  private void process(ConsumerRecord<String, byte[]> source, Results results) {
    try (LogContext context = LogContext.of(source.topic(), source.key())) {
      align(source, results);
    }
  }

  private void align(ConsumerRecord<String, byte[]> source, Results results) {
    DualCot dual;
    try {
      dual = DUALS.decode(source.value());
    } catch (UnreadableRecordException e) {
      String reason = e.reason().code();
      LOG.debugf("given up reason=%s", reason);
      results.add(
          DeadLetters.aboutUnreadable(source, reason, e.getMessage()), m -> m.deadLetter(reason));
      return;
    }
    try {
      Outcome outcome = alignment.of(dual);
      if (outcome instanceof Outcome.Aligned aligned) {
        publish(source, aligned.keySteps(), results);
      } else if (outcome instanceof Outcome.Rejected rejected) {
        refuse(source, dual.key(), rejected.reason().code(), rejected.message(), results);
      }
    } catch (RuntimeException e) {
      refuse(source, dual.key(), "internal-error", e.toString(), results);
    }
  }

  private static void publish(
      ConsumerRecord<String, byte[]> source, KeySteps steps, Results results) {
    Output output = Output.of(Topics.KEY_STEPS, KEY_STEPS, steps);
    if (output.value().length > LARGEST_VALUE) {
      refuse(
          source,
          steps.key(),
          "too-large",
          "key-step record: expected at most %d bytes, got %d"
              .formatted(LARGEST_VALUE, output.value().length),
          results);
    } else if (steps.wrong() == null) {
      results.add(output, AlignerMetrics::sftOnly);
    } else {
      results.add(output, m -> m.dual(steps.similarity(), steps.keyFraction()));
    }
  }

  private static void refuse(
      ConsumerRecord<String, byte[]> source,
      String id,
      String reason,
      String message,
      Results results) {
    LOG.debugf("given up reason=%s", reason);
    results.add(DeadLetters.about(source, id, reason, message), m -> m.deadLetter(reason));
  }
}
