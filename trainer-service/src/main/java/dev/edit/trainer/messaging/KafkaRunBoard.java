package dev.edit.trainer.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.recordloop.Output;
import dev.edit.trainer.operator.RunBoard;
import dev.edit.trainer.operator.RunSight;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The topics of runs, read on to their present end at each question. A record that cannot be read
 * says nothing; whoever serves its topic makes a dead letter of it.
 */
public final class KafkaRunBoard implements RunBoard, AutoCloseable {
  private static final Logger LOG = System.getLogger(KafkaRunBoard.class.getName());

  private final TopicReader reader;
  private final Producer<String, byte[]> producer;
  private final Map<String, Map<Integer, Long>> read = new HashMap<>();
  private final Map<String, RunSight> sights = new HashMap<>();
  private final Set<String> news = new HashSet<>();

  /**
   * @param patience how long Kafka may be away
   */
  public KafkaRunBoard(
      String bootstrapServers, Duration patience, Producer<String, byte[]> producer) {
    this.reader = new TopicReader(bootstrapServers, patience);
    this.producer = producer;
  }

  @Override
  public synchronized RunSight sight(String run) {
    refresh();
    return sights.getOrDefault(run, RunSight.NONE);
  }

  @Override
  public synchronized List<PartitionRange> wholeDataset() {
    Map<Integer, Long> ends = new TreeMap<>(reader.ends(Topics.KEY_STEPS));
    Map<Integer, Long> begins = reader.begins(Topics.KEY_STEPS);
    return ends.entrySet().stream()
        .map(end -> new PartitionRange(end.getKey(), begins.get(end.getKey()), end.getValue()))
        .toList();
  }

  @Override
  public void order(Run run) {
    try {
      producer.send(Output.of(Topics.RUNS, Run.class, run).toRecord()).get();
    } catch (ExecutionException e) {
      throw new KafkaException("run " + run.id() + " not ordered", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("run " + run.id() + " not ordered", e);
    }
  }

  @Override
  public synchronized Set<String> news() {
    refresh();
    Set<String> now = Set.copyOf(news);
    news.clear();
    return now;
  }

  @Override
  public synchronized void close() {
    reader.close();
    producer.close();
  }

  private void refresh() {
    readOn(Topics.RUNS, this::run);
    readOn(
        Topics.RUN_EVENTS, record -> told(RunEvent.class, record, RunEvent::run, RunSight::with));
    readOn(
        Topics.CHECKPOINTS,
        record -> told(Checkpoint.class, record, Checkpoint::run, RunSight::with));
    readOn(
        Topics.EVALUATIONS,
        record -> told(Evaluation.class, record, Evaluation::run, RunSight::with));
  }

  private void readOn(String topic, Consumer<ConsumerRecord<String, byte[]>> sink) {
    read.put(topic, reader.readOn(topic, read.getOrDefault(topic, Map.of()), sink));
  }

  private void run(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      put(record.key(), sights.getOrDefault(record.key(), RunSight.NONE).with((Run) null));
    } else {
      told(Run.class, record, Run::id, RunSight::with);
    }
  }

  private <T extends EventRecord> void told(
      Class<T> type,
      ConsumerRecord<String, byte[]> record,
      Function<T, String> run,
      BiFunction<RunSight, T, RunSight> fold) {
    if (record.value() == null) {
      return;
    }
    try {
      T value = RecordCodec.of(type).decode(record.value());
      String id = run.apply(value);
      put(id, fold.apply(sights.getOrDefault(id, RunSight.NONE), value));
    } catch (UnreadableRecordException e) {
      LOG.log(Level.DEBUG, "passed over: {0}", e.reason().code());
    }
  }

  private void put(String run, RunSight sight) {
    sights.put(run, sight);
    news.add(run);
  }
}
