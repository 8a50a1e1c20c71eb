package dev.edit.trainer.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.trainer.domain.RunHistory;
import dev.edit.trainer.domain.RunLauncher.Note;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final Map<String, Attempts> runs = new LinkedHashMap<>();

  public KafkaRunHistory(String bootstrapServers, Duration patience) {
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
  }

  @Override
  public synchronized Standing standing(String run, int epoch) {
    refresh();
    return runs.containsKey(run) ? runs.get(run).standing(epoch) : Standing.UNKNOWN;
  }

  @Override
  public synchronized Optional<Note> lastNote(String run, int epoch) {
    refresh();
    return Optional.ofNullable(runs.get(run))
        .filter(attempts -> attempts.newest == epoch)
        .map(attempts -> attempts.note);
  }

  @Override
  public synchronized List<Placed> unfinished(Set<Integer> partitions) {
    refresh();
    if (runs.values().stream().noneMatch(Attempts::open)) {
      return List.of();
    }
    Map<String, Placed> open = new LinkedHashMap<>();
    try (TopicReader reader = new TopicReader(bootstrapServers, patience)) {
      reader.readAll(
          Topics.RUNS,
          record -> {
            open.remove(record.key());
            decode(Run.class, record)
                .filter(run -> partitions.contains(record.partition()) && isOpen(run))
                .ifPresent(run -> open.put(run.id(), new Placed(run, record.partition())));
          });
    }
    return List.copyOf(open.values());
  }

  private boolean isOpen(Run run) {
    Attempts attempts = runs.get(run.id());
    return attempts != null && attempts.standing(run.epoch()) == Standing.ACCEPTED;
  }

  private void refresh() {
    try (TopicReader reader = new TopicReader(bootstrapServers, patience)) {
      readOn(
          reader, Topics.RUN_EVENTS, record -> decode(RunEvent.class, record).ifPresent(this::on));
      readOn(
          reader,
          Topics.CHECKPOINTS,
          record ->
              decode(Checkpoint.class, record)
                  .filter(Checkpoint::last)
                  .ifPresent(checkpoint -> attempts(checkpoint.run()).trained = true));
    }
  }

  private void on(RunEvent event) {
    attempts(event.run()).on(event);
  }

  private Attempts attempts(String run) {
    return runs.computeIfAbsent(run, id -> new Attempts());
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

  /** What was told of the attempts at one run. */
  private static final class Attempts {
    private int newest;
    private int ended;
    private boolean trained;

    /** The newest attempt's latest event that is no report of a stage. */
    private Note note;

    void on(RunEvent event) {
      if (event.attempt() > newest) {
        newest = event.attempt();
        note = null;
      }
      if (event.state().isFinal()) {
        ended = Math.max(ended, event.attempt());
        trained = trained || event.state() == RunEvent.State.SUCCEEDED;
      }
      if (event.attempt() == newest && event.stage() == null && event.message() != null) {
        note = new Note(event.state(), event.message());
      }
    }

    boolean open() {
      return !trained && newest > ended;
    }

    Standing standing(int epoch) {
      if (trained || ended >= epoch || newest > epoch) {
        return Standing.FINISHED;
      }
      return newest == epoch ? Standing.ACCEPTED : Standing.UNKNOWN;
    }
  }
}
