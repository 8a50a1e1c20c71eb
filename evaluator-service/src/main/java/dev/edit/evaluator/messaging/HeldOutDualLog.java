package dev.edit.evaluator.messaging;

import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.evaluator.domain.HeldOutDuals;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds a run on edit.runs, and on edit.key-steps the duals that it holds out. What cannot be read
 * is passed over: the trainer, which reads it too, reports it.
 */
public final class HeldOutDualLog {
  private static final RecordCodec<Run> RUNS = RecordCodec.of(Run.class);
  private static final RecordCodec<KeySteps> KEY_STEPS = RecordCodec.of(KeySteps.class);

  private final LogReader reader;

  public HeldOutDualLog(LogReader reader) {
    this.reader = reader;
  }

  /**
   * The newest order of a run; empty where there is none that can be read.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer
   */
  public Optional<Run> run(String id) {
    byte[][] newest = new byte[1][];
    reader.read(
        Topics.RUNS,
        record -> {
          if (id.equals(record.key())) {
            newest[0] = record.value();
          }
        });
    try {
      return Optional.ofNullable(newest[0]).map(RUNS::decode);
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  /**
   * Hands over what the run's ranges hold.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer
   */
  public void read(Run run, HeldOutDuals duals) {
    reader.read(Topics.KEY_STEPS, run.dataset().offsets(), record -> take(record, duals));
  }

  private static void take(ConsumerRecord<String, byte[]> record, HeldOutDuals duals) {
    if (record.value() == null) {
      duals.remove(record.key());
      return;
    }
    try {
      duals.add(KEY_STEPS.decode(record.value()));
    } catch (UnreadableRecordException e) {
      duals.remove(record.key());
    }
  }
}
