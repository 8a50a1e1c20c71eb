package dev.edit.cli.bench.pipeline;

import dev.edit.contracts.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became of a batch of problems, and when, by the time stamps that producers put on records:
 * those say when a record was made, not when its transaction was committed.
 *
 * @param problems how many
 * @param seconds from the first problem to the last key-step record or dead letter
 * @param problemsPerSecond problems over seconds
 * @param stages in the order in which a problem visits them
 * @param latency from a problem to its key-step record
 */
record BatchFigures(
    int problems,
    double seconds,
    double problemsPerSecond,
    List<StageFigures> stages,
    Waits latency) {

  /** The figures of the problems with these ids. */
  static BatchFigures of(RecordTape tape, Set<String> ids) {
    Map<String, Long> problems = firsts(tape, ids, Topics.PROBLEMS);
    Map<String, Long> cots = firsts(tape, ids, Topics.RIGHT_COTS, Topics.WRONG_COTS);
    Map<String, Long> duals = firsts(tape, ids, Topics.DUAL_COTS);
    Map<String, Long> keySteps = firsts(tape, ids, Topics.KEY_STEPS);
    long start = problems.values().stream().mapToLong(Long::longValue).min().orElse(0);
    Map<String, Long> ends = firsts(tape, ids, Topics.KEY_STEPS, Topics.DEAD_LETTERS);
    double seconds = seconds(start, ends.values());
    return new BatchFigures(
        problems.size(),
        seconds,
        seconds == 0 ? 0 : problems.size() / seconds,
        List.of(
            new StageFigures(
                "annotate", cots.size(), seconds(start, cots.values()), waits(problems, cots)),
            new StageFigures(
                "rectify, corrupt",
                duals.size(),
                seconds(start, duals.values()),
                waits(cots, duals)),
            new StageFigures(
                "align",
                keySteps.size(),
                seconds(start, keySteps.values()),
                waits(duals, keySteps))),
        waits(problems, keySteps));
  }

  /** When the first record of each id came to any of the topics. */
  private static Map<String, Long> firsts(RecordTape tape, Set<String> ids, String... topics) {
    Map<String, Long> firsts = new HashMap<>();
    for (String topic : topics) {
      for (ConsumerRecord<String, byte[]> record : tape.of(topic)) {
        if (ids.contains(record.key())) {
          firsts.merge(record.key(), record.timestamp(), Math::min);
        }
      }
    }
    return firsts;
  }

  private static double seconds(long start, Collection<Long> times) {
    return times.stream().mapToLong(time -> time - start).max().orElse(0) / 1000.0;
  }

  private static Waits waits(Map<String, Long> from, Map<String, Long> to) {
    List<Long> waits = new ArrayList<>();
    to.forEach(
        (id, time) -> {
          if (from.containsKey(id)) {
            waits.add(time - from.get(id));
          }
        });
    return Waits.of(waits);
  }
}
