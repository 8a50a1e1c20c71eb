package dev.edit.datasets.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the records of one topic into rows of one format. Each row of a training format carries
 * where it comes from in {@code metadata}, the same fields in every row; the canary line is one of
 * them.
 */
public final class RecordExport {
  private static final Set<String> EXPORTED =
      Set.of(Topics.PROBLEMS, Topics.DUAL_COTS, Topics.KEY_STEPS, Topics.EVALUATIONS);
  private static final Set<String> TRAINED_ON = Set.of(Topics.DUAL_COTS, Topics.KEY_STEPS);

  private final String topic;
  private final ExportFormat format;
  private final RecordCodec<? extends EventRecord> codec;

  private RecordExport(
      String topic, ExportFormat format, RecordCodec<? extends EventRecord> codec) {
    this.topic = topic;
    this.format = format;
    this.codec = codec;
  }

  /**
   * An export.
   *
   * @throws IllegalArgumentException if the topic is not exported, or not in this format
   */
  public static RecordExport of(String topic, ExportFormat format) {
    Set<String> topics = format == ExportFormat.JSONL ? EXPORTED : TRAINED_ON;
    Topics.Topic found =
        Topics.ALL.stream()
            .filter(one -> one.name().equals(topic) && topics.contains(topic))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "topic: expected one of %s for format %s, but was '%s'"
                            .formatted(topics.stream().sorted().toList(), format.label(), topic)));
    return new RecordExport(topic, format, RecordCodec.of(found.type()));
  }

  /**
   * A record's row as UTF-8 JSON; empty where the record lacks what the format needs, or is of a
   * test split, which no training format ever holds.
   *
   * @throws dev.edit.contracts.codec.UnreadableRecordException where the value is no record of the
   *     topic
   */
  public Optional<byte[]> row(byte[] value, int partition, long offset) {
    EventRecord decoded = codec.decode(value);
    if (format == ExportFormat.JSONL) {
      return Optional.of(value);
    }
    TrainingPair pair =
        decoded instanceof DualCot dual
            ? TrainingPair.of(dual)
            : TrainingPair.of((KeySteps) decoded);
    if (pair.problem().split() == Split.TEST) {
      return Optional.empty();
    }
    return format
        .row(pair)
        .map(
            row -> {
              describe(row.putObject("metadata"), pair, partition, offset);
              return row.toString().getBytes(StandardCharsets.UTF_8);
            });
  }

  private void describe(ObjectNode metadata, TrainingPair pair, int partition, long offset) {
    Problem problem = pair.problem();
    metadata
        .put("id", problem.id())
        .put("task", problem.task())
        .put("source", problem.source())
        .put("domain", problem.domain().name().toLowerCase(Locale.ROOT))
        .put("answer", problem.answer())
        .put("origin", pair.origin())
        .put("mistake", pair.mistake())
        .put("teacher", pair.teacher())
        .put("canary", problem.canary())
        .put("topic", topic)
        .put("partition", partition)
        .put("offset", offset);
  }
}
