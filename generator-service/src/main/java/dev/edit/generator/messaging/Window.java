package dev.edit.generator.messaging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that were read and are not committed yet. They are begun in the order in which they
 * came, may end in any, and are handed out for publishing only when all before them in their
 * partition have ended: so a committed offset never covers unfinished work, and a slow record holds
 * up the commits of its partition but no one's work.
 *
 * <p>One thread uses it; results may come from any.
 */
final class Window {
  private final int size;
  private final Map<TopicPartition, Deque<Slot>> partitions = new LinkedHashMap<>();
  private final Queue<Slot> waiting = new ArrayDeque<>();

  /**
   * An empty window.
   *
   * @param size how many records may be in it, over all partitions, before they are {@link #full}
   */
  Window(int size) {
    this.size = size;
  }

  private static final class Slot {
    private final ConsumerRecord<String, byte[]> item;
    private CompletableFuture<Result> result;

    Slot(ConsumerRecord<String, byte[]> item) {
      this.item = item;
    }

    boolean ended() {
      return result != null && result.isDone();
    }
  }

  /**
   * What may be published now.
   *
   * @param records how many records it is of
   * @param outputs in the order of the records of each partition
   * @param offsets the next offset of each partition
   */
  record Finished(
      int records, List<Output> outputs, Map<TopicPartition, OffsetAndMetadata> offsets) {

    boolean isEmpty() {
      return records == 0;
    }
  }

  void assign(Collection<TopicPartition> assigned) {
    assigned.forEach(partition -> partitions.putIfAbsent(partition, new ArrayDeque<>()));
  }

  /** Forgets partitions that went to another worker; says how many records were begun in vain. */
  int drop(Collection<TopicPartition> gone) {
    int begun = 0;
    for (TopicPartition partition : gone) {
      Deque<Slot> slots = partitions.remove(partition);
      if (slots != null) {
        begun += (int) slots.stream().filter(slot -> slot.result != null).count();
      }
    }
    Set<TopicPartition> dropped = Set.copyOf(gone);
    waiting.removeIf(slot -> dropped.contains(partition(slot)));
    return begun;
  }

  /** Forgets everything. */
  void clear() {
    partitions.clear();
    waiting.clear();
  }

  void add(ConsumerRecord<String, byte[]> item) {
    Slot slot = new Slot(item);
    partitions.computeIfAbsent(partition(slot), p -> new ArrayDeque<>()).add(slot);
    waiting.add(slot);
  }

  /** Begins the oldest record that has not begun; false if there is none. */
  boolean begin(Function<ConsumerRecord<String, byte[]>, CompletionStage<Result>> work) {
    Slot slot = waiting.poll();
    if (slot == null) {
      return false;
    }
    slot.result = work.apply(slot.item).toCompletableFuture();
    return true;
  }

  /** The records that have ended and have none before them that has not; they stay. */
  Finished finished() {
    int records = 0;
    List<Output> outputs = new ArrayList<>();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, Deque<Slot>> partition : partitions.entrySet()) {
      for (Slot slot : partition.getValue()) {
        if (!slot.ended()) {
          break;
        }
        records++;
        slot.result.join().output().ifPresent(outputs::add);
        offsets.put(partition.getKey(), new OffsetAndMetadata(slot.item.offset() + 1));
      }
    }
    return new Finished(records, outputs, offsets);
  }

  /** Counts and forgets what is committed: the records before these offsets. */
  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : offsets.entrySet()) {
      Deque<Slot> slots = partitions.getOrDefault(entry.getKey(), new ArrayDeque<>());
      if (entry.getValue() != null) {
        long next = entry.getValue().offset();
        while (!slots.isEmpty() && slots.peek().item.offset() < next) {
          forget(slots.poll());
        }
      }
    }
  }

  private void forget(Slot slot) {
    waiting.remove(slot);
    if (slot.ended()) {
      slot.result.join().tally().run();
    }
  }

  /** The partitions that have their share of the window, of which no more should be read. */
  Set<TopicPartition> full() {
    int share = Math.max(1, size / Math.max(1, partitions.size()));
    return partitions.entrySet().stream()
        .filter(partition -> partition.getValue().size() >= share)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** How many records are in the window. */
  int count() {
    return partitions.values().stream().mapToInt(Deque::size).sum();
  }

  private static TopicPartition partition(Slot slot) {
    return new TopicPartition(slot.item.topic(), slot.item.partition());
  }
}
