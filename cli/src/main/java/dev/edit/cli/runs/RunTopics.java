package dev.edit.cli.runs;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.pipeline.TopicFollower;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topics of runs tell. A record that cannot be read is passed over and counted. Used by
 * one thread.
 */
public final class RunTopics implements AutoCloseable {
  private static final List<String> TOPICS =
      List.of(Topics.RUNS, Topics.RUN_EVENTS, Topics.CHECKPOINTS, Topics.EVALUATIONS);

  private final TopicFollower topics;
  private final Map<String, RunStory> stories = new LinkedHashMap<>();
  private int unreadable;

  /**
   * @throws CommandFailure where a topic does not exist
   */
  public RunTopics(String bootstrapServers) {
    topics = new TopicFollower(bootstrapServers, TOPICS);
  }

  /** Reads up to the present ends. */
  public void catchUp() {
    topics.catchUp(this::take);
  }

  /** Reads what comes within some time; returns early when something has come. */
  public void follow(Duration patience) {
    topics.follow(patience, this::take);
  }

  /** All runs, in the order in which they were first told of. */
  public Collection<RunStory> all() {
    return List.copyOf(stories.values());
  }

  /** A run; empty where nothing tells of it. */
  public Optional<RunStory> find(String run) {
    return Optional.ofNullable(stories.get(run));
  }

  /** Records that could not be read so far. */
  public int unreadable() {
    return unreadable;
  }

  /** The whole of edit.key-steps at this moment. */
  public List<PartitionRange> wholeDataset() {
    return topics.rangesOf(Topics.KEY_STEPS);
  }

  @Override
  public void close() {
    topics.close();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      if (record.topic().equals(Topics.RUNS)) {
        story(record.key()).add((Run) null);
      }
      return;
    }
    try {
      switch (record.topic()) {
        case Topics.RUNS -> {
          Run run = decode(Run.class, record);
          story(run.id()).add(run);
        }
        case Topics.RUN_EVENTS -> {
          RunEvent event = decode(RunEvent.class, record);
          story(event.run()).add(event);
        }
        case Topics.CHECKPOINTS -> {
          Checkpoint checkpoint = decode(Checkpoint.class, record);
          story(checkpoint.run()).add(checkpoint);
        }
        default -> {
          Evaluation evaluation = decode(Evaluation.class, record);
          story(evaluation.run()).add(evaluation);
        }
      }
    } catch (UnreadableRecordException e) {
      unreadable++;
    }
  }

  private static <T extends EventRecord> T decode(
      Class<T> type, ConsumerRecord<String, byte[]> record) {
    return RecordCodec.of(type).decode(record.value());
  }

  private RunStory story(String run) {
    return stories.computeIfAbsent(run, RunStory::new);
  }
}
