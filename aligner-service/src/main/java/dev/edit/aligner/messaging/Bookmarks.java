package dev.edit.aligner.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits how far a consumer has come while nothing comes in. The marker that ends a transaction
 * takes an offset and is never handed out, so that a group whose commits only follow records seems
 * to have one waiting in each partition for ever, and nobody could scale it to none. A partition
 * that is empty is committed as well: its group then has an offset to count from.
 */
final class Bookmarks {
  private final Consumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  Bookmarks(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /** What has been committed elsewhere. */
  void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
  }

  /** Commits the positions that are further than what is known; everything before is settled. */
  void settle() {
    committed.keySet().retainAll(consumer.assignment());
    Map<TopicPartition, OffsetAndMetadata> further = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long position = consumer.position(partition);
      if (position > committed.getOrDefault(partition, -1L)) {
        further.put(partition, new OffsetAndMetadata(position));
      }
    }
    if (!further.isEmpty()) {
      consumer.commitSync(further);
      note(further);
    }
  }
}
