package dev.edit.evaluator.messaging;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.evaluator.metrics.EvaluatorMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads edit.problems from its beginning to its end of the moment, without a consumer group.
 * Unreadable records are counted and passed over: the generator, which reads them too, reports
 * them.
 */
public final class ProblemLog {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);

  private final LogReader reader;
  private final EvaluatorMetrics metrics;

  public ProblemLog(LogReader reader, EvaluatorMetrics metrics) {
    this.reader = reader;
    this.metrics = metrics;
  }

  /**
   * The newest problem of every id.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer or has no such topic
   */
  public Collection<Problem> read() {
    Map<String, Problem> newest = new LinkedHashMap<>();
    reader.read(Topics.PROBLEMS, record -> take(record, newest));
    return new ArrayList<>(newest.values());
  }

  private void take(ConsumerRecord<String, byte[]> record, Map<String, Problem> newest) {
    if (record.value() == null) {
      newest.remove(record.key());
      return;
    }
    try {
      Problem problem = PROBLEMS.decode(record.value());
      newest.put(problem.id(), problem);
    } catch (UnreadableRecordException e) {
      metrics.unreadableProblem();
    }
  }
}
