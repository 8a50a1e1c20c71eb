package dev.edit.cli.report;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.pipeline.StreamLog;
import dev.edit.contracts.Cot;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.embeddedkafka.TopicReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Findings about finished runs, made from what the topics hold at the moment. */
public final class TopicFindings {
  private static final int EXAMPLES = 10;

  private final Clock clock;
  private final Map<String, Problem> problems = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Set<String> teachers = new TreeSet<>();
  private int unreadable;

  private TopicFindings(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads all topics from their beginnings to their ends.
   *
   * @param wanted runs to compare; none takes every run that was evaluated
   * @throws CommandFailure where a wanted run is unknown or was not evaluated, or there is none
   */
  public static Findings read(String bootstrapServers, List<String> wanted, Clock clock) {
    TopicFindings topics = new TopicFindings(clock);
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      topics.each(reader, Topics.PROBLEMS, Problem.class, topics.problems);
      topics.each(reader, Topics.RUNS, Run.class, topics.runs);
      StreamLog log = topics.follow(reader);
      return topics.findings(log, topics.results(log, wanted));
    }
  }

  private <T extends EventRecord> void each(
      TopicReader reader, String topic, Class<T> type, Map<String, T> newest) {
    RecordCodec<T> codec = RecordCodec.of(type);
    for (ConsumerRecord<String, byte[]> record : reader.read(topic)) {
      if (record.value() == null) {
        newest.remove(record.key());
        continue;
      }
      try {
        T value = codec.decode(record.value());
        newest.put(value.key(), value);
      } catch (UnreadableRecordException e) {
        unreadable++;
      }
    }
  }

  private StreamLog follow(TopicReader reader) {
    List<String> train =
        problems.values().stream()
            .filter(problem -> problem.split() == Problem.Split.TRAIN)
            .map(Problem::id)
            .toList();
    StreamLog log = new StreamLog(train, clock);
    for (Topics.Topic topic : Topics.ALL) {
      if (!topic.name().equals(Topics.PROBLEMS) && !topic.name().equals(Topics.RUNS)) {
        RecordCodec<? extends EventRecord> codec = RecordCodec.of(topic.type());
        reader.forEach(topic.name(), record -> add(log, codec, record));
      }
    }
    return log;
  }

  private void add(
      StreamLog log,
      RecordCodec<? extends EventRecord> codec,
      ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      EventRecord value = codec.decode(record.value());
      if (value instanceof Cot cot) {
        teachers.add(cot.usage().model());
      }
      log.add(record.topic(), value);
    } catch (UnreadableRecordException e) {
      unreadable++;
    }
  }

  private List<RunResult> results(StreamLog log, List<String> wanted) {
    Set<String> evaluated = new LinkedHashSet<>();
    log.evaluations().forEach(evaluation -> evaluated.add(evaluation.run()));
    for (String run : wanted) {
      if (!runs.containsKey(run)) {
        throw new CommandFailure("--run: edit.runs holds no run " + run);
      }
      if (!evaluated.contains(run)) {
        throw new CommandFailure("--run: run " + run + " was not evaluated (yet)");
      }
    }
    Collection<String> chosen = wanted.isEmpty() ? evaluated : wanted;
    List<RunResult> results =
        chosen.stream()
            .distinct()
            .map(runs::get)
            .filter(run -> run != null)
            .sorted(Comparator.comparing(Run::recipe).thenComparing(Run::seed))
            .map(run -> RunResult.of(run, log))
            .toList();
    if (results.isEmpty()) {
      throw new CommandFailure("edit.evaluations holds no evaluation of a known run");
    }
    return onSharedBenchmarks(results);
  }

  /** Only benchmarks that all runs were examined on can stand in one table. */
  private static List<RunResult> onSharedBenchmarks(List<RunResult> results) {
    Set<String> shared = benchmarks(results.get(0));
    results.forEach(result -> shared.retainAll(benchmarks(result)));
    if (shared.isEmpty()) {
      throw new CommandFailure("the runs share no benchmark, so they cannot be compared");
    }
    List<RunResult> narrowed = new ArrayList<>();
    for (RunResult r : results) {
      narrowed.add(
          new RunResult(
              r.id(),
              r.recipe(),
              r.seed(),
              r.last(),
              r.events(),
              r.evaluations().stream().filter(e -> shared.contains(e.label())).toList(),
              r.duals()));
    }
    return narrowed;
  }

  private static Set<String> benchmarks(RunResult result) {
    Set<String> names = new HashSet<>();
    result.evaluations().forEach(evaluation -> names.add(evaluation.label()));
    return names;
  }

  private Findings findings(StreamLog log, List<RunResult> results) {
    List<KeySteps> keySteps = log.keySteps();
    Map<String, String> settings = new LinkedHashMap<>();
    for (RunResult result : results) {
      Run run = runs.get(result.id());
      settings.put(result.id() + ": student", run.student());
      settings.put(result.id() + ": hyperparameters", run.hyperparameters().toString());
    }
    settings.put("unreadable records passed over", String.valueOf(unreadable));
    return new Findings(
        "EDIT, " + results.size() + " runs",
        teachers.isEmpty()
            ? "No chain of thought is on the topics any more."
            : "The teacher, by the name its endpoint gave: " + String.join(", ", teachers) + ".",
        log.accounting(),
        log.counts(),
        DataFacts.digest(keySteps),
        DataFacts.keyTokenShare(keySteps),
        log.bill(),
        results,
        Comparison.of(results),
        Map.of(),
        Examples.choose(keySteps, EXAMPLES),
        DataFacts.reasons(log.deadLetters()),
        settings);
  }
}
