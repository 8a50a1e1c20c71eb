package dev.edit.trainer.messaging;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.recordloop.DeadLetters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the log holds for a run.
 *
 * @param records the readable records of its ranges of edit.key-steps, in the order of the log
 * @param unreadable what could not be read there
 */
public record RunDataset(List<KeySteps> records, List<DeadLetter> unreadable) {
  private static final String STAGE = "train";

  public RunDataset {
    records = List.copyOf(records);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * The run of an id, as edit.runs holds it now; the newest where there are several.
   *
   * @throws UnreadableRecordException where the newest is not a run
   */
  public static Optional<Run> findRun(TopicReader reader, String id) {
    byte[][] newest = new byte[1][];
    reader.readAll(
        Topics.RUNS,
        record -> {
          if (id.equals(record.key())) {
            newest[0] = record.value();
          }
        });
    return Optional.ofNullable(newest[0]).map(RecordCodec.of(Run.class)::decode);
  }

  /**
   * Reads a run's ranges.
   *
   * @throws TopicReadException where a range is not in the log
   */
  public static RunDataset read(TopicReader reader, Run run) {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    List<KeySteps> records = new ArrayList<>();
    List<DeadLetter> unreadable = new ArrayList<>();
    run.dataset().offsets().stream()
        .sorted(
            Comparator.comparingInt(PartitionRange::partition)
                .thenComparingLong(PartitionRange::from))
        .forEach(
            range ->
                reader.read(
                    Topics.KEY_STEPS,
                    range,
                    record -> {
                      // A null value is compaction's tombstone: the record was taken back.
                      if (record.value() == null) {
                        records.removeIf(earlier -> earlier.key().equals(record.key()));
                        return;
                      }
                      try {
                        records.add(codec.decode(record.value()));
                      } catch (UnreadableRecordException e) {
                        unreadable.add(
                            DeadLetters.of(record, STAGE, e.reason().code(), e.getMessage()));
                      }
                    }));
    return new RunDataset(records, unreadable);
  }
}
