package dev.edit.cli.pipeline;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.datasets.export.RecordExport;
import dev.edit.embeddedkafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A topic as a file: committed records, of each key the newest, in the order of partitions and
 * offsets.
 *
 * @param records records that are the newest of their key
 * @param rows rows written; a record that the format cannot hold has none
 */
public record TopicExport(long records, long rows) {

  /**
   * Reads the topic twice: once to learn which record of each key is the newest, once to write.
   *
   * @throws CommandFailure naming partition and offset of a record that cannot be read
   */
  public static TopicExport run(
      String bootstrapServers, String topic, RecordExport export, Path output) throws IOException {
    try (TopicReader reader = new TopicReader(bootstrapServers);
        JsonLinesFile lines = JsonLinesFile.create(output)) {
      Map<String, Position> newest = new HashMap<>();
      reader.forEach(topic, record -> remember(newest, record));
      long[] counts = {0, 0};
      reader.forEach(
          topic,
          record -> {
            if (Position.of(record).equals(newest.get(record.key()))) {
              counts[0]++;
              counts[1] += write(lines, export, record);
            }
          });
      lines.commit();
      return new TopicExport(counts[0], counts[1]);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A tombstone leaves nothing of its key. */
  private static void remember(
      Map<String, Position> newest, ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      newest.remove(record.key());
    } else {
      newest.put(record.key(), Position.of(record));
    }
  }

  private static int write(
      JsonLinesFile lines, RecordExport export, ConsumerRecord<String, byte[]> record) {
    Optional<byte[]> row;
    try {
      row = export.row(record.value(), record.partition(), record.offset());
    } catch (UnreadableRecordException e) {
      throw new CommandFailure(
          "%s, partition %d, offset %d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
    try {
      if (row.isPresent()) {
        lines.write(row.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return row.isPresent() ? 1 : 0;
  }

  private record Position(int partition, long offset) {
    static Position of(ConsumerRecord<String, byte[]> record) {
      return new Position(record.partition(), record.offset());
    }
  }
}
