package dev.edit.trainer.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.trainer.domain.RunHistory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What edit.run-events and edit.checkpoints say of runs. Each question first reads on to the
 * topics' present end; what was read before is kept. Thread-safe.
 */
public final class KafkaRunHistory implements RunHistory {
  private static final Logger LOG = System.getLogger(KafkaRunHistory.class.getName());

  private final String bootstrapServers;
  private final Duration patience;
  private final Map<String, Map<Integer, Long>> read = new HashMap<>();
  private final Set<String> accepted = new LinkedHashSet<>();
  private final Set<String> finished = new HashSet<>();

  public KafkaRunHistory(String bootstrapServers, Duration patience) {
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
  }

  @Override
  public synchronized Standing standing(String run) {
    try (TopicReader reader = new TopicReader(bootstrapServers, patience)) {
      refresh(reader);
    }
    if (finished.contains(run)) {
      return Standing.FINISHED;
    }
    return accepted.contains(run) ? Standing.ACCEPTED : Standing.UNKNOWN;
  }

  @Override
  public synchronized List<Run> unfinished() {
    try (TopicReader reader = new TopicReader(bootstrapServers, patience)) {
      refresh(reader);
      Set<String> open = new LinkedHashSet<>(accepted);
      open.removeAll(finished);
      if (open.isEmpty()) {
        return List.of();
      }
      Map<String, Run> runs = new LinkedHashMap<>();
      reader.readAll(
          Topics.RUNS,
          record ->
              decode(Run.class, record)
                  .filter(run -> open.contains(run.id()))
                  .ifPresent(run -> runs.put(run.id(), run)));
      return List.copyOf(runs.values());
    }
  }

  private void refresh(TopicReader reader) {
    readOn(reader, Topics.RUN_EVENTS, record -> decode(RunEvent.class, record).ifPresent(this::on));
    readOn(
        reader,
        Topics.CHECKPOINTS,
        record ->
            decode(Checkpoint.class, record)
                .filter(Checkpoint::last)
                .ifPresent(checkpoint -> finished.add(checkpoint.run())));
  }

  private void on(RunEvent event) {
    if (event.state().isFinal()) {
      finished.add(event.run());
    } else {
      accepted.add(event.run());
    }
  }

  private void readOn(
      TopicReader reader, String topic, Consumer<ConsumerRecord<String, byte[]>> sink) {
    read.put(topic, reader.readOn(topic, read.getOrDefault(topic, Map.of()), sink));
  }

  private static <T extends EventRecord> Optional<T> decode(
      Class<T> type, ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecordCodec.of(type).decode(record.value()));
    } catch (UnreadableRecordException e) {
      LOG.log(
          Level.WARNING,
          "unreadable record passed over: topic={0} partition={1} offset={2} reason={3}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.reason().code());
      return Optional.empty();
    }
  }
}
