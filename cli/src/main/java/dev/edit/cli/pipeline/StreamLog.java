package dev.edit.cli.pipeline;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.TeacherUsage;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything that was seen on the topics so far, in memory: what the progress bars, the accounting
 * and the report are made from. Thread-safe; the views are copies.
 */
public final class StreamLog implements TopicWatch.Listener {
  /** The topics that a log is made of: problems and runs are this command's own. */
  public static final List<String> TOPICS =
      Topics.ALL.stream()
          .map(Topics.Topic::name)
          .filter(topic -> !topic.equals(Topics.PROBLEMS))
          .filter(topic -> !topic.equals(Topics.RUNS))
          .toList();

  private static final Map<String, RecordCodec<? extends EventRecord>> CODECS =
      Topics.ALL.stream()
          .collect(Collectors.toMap(Topics.Topic::name, topic -> RecordCodec.of(topic.type())));

  private final Clock clock;
  private final Arrivals arrivals;
  private final Set<String> published;
  private final Set<String> right = new HashSet<>();
  private final Set<String> wrong = new HashSet<>();
  private final Map<String, Boolean> duals = new HashMap<>();
  private final List<String> acceptedIds = new ArrayList<>();
  private final TreeMap<String, KeySteps> keySteps = new TreeMap<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<String, List<RunEvent>> runEvents = new LinkedHashMap<>();
  private final Map<String, List<Checkpoint>> checkpoints = new LinkedHashMap<>();
  private final TreeMap<String, Evaluation> evaluations = new TreeMap<>();
  private final Map<String, StageClock> clocks = new HashMap<>();
  private long usableReplies;
  private long promptTokens;
  private long completionTokens;

  /**
   * @param published the ids of the train problems that are, or will be, published
   */
  public StreamLog(Collection<String> published, Clock clock) {
    this.published = Set.copyOf(published);
    this.clock = clock;
    this.arrivals = new Arrivals(clock.instant());
  }

  @Override
  public void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() != null) {
      add(record.topic(), CODECS.get(record.topic()).decode(record.value()));
    }
  }

  @Override
  public void fail(RuntimeException reason) {
    arrivals.fail(reason);
  }

  /** Takes in a record of a topic. */
  public synchronized void add(String topic, EventRecord value) {
    Instant now = clock.instant();
    clocks.put(topic, clock(topic).seenAt(now));
    if (value instanceof Cot cot) {
      addCot(cot);
    } else if (value instanceof DualCot dual) {
      addDual(dual);
    } else if (value instanceof KeySteps steps) {
      acceptedIds.add(steps.key());
      keySteps.put(steps.key(), steps);
    } else if (value instanceof DeadLetter letter) {
      deadLetters.add(letter);
    } else if (value instanceof RunEvent event) {
      runEvents.computeIfAbsent(event.run(), run -> new ArrayList<>()).add(event);
    } else if (value instanceof Checkpoint checkpoint) {
      checkpoints.computeIfAbsent(checkpoint.run(), run -> new ArrayList<>()).add(checkpoint);
    } else if (value instanceof Evaluation evaluation) {
      evaluations.put(evaluation.key(), evaluation);
    }
    arrivals.note(now);
  }

  private void addCot(Cot cot) {
    boolean isNew = (cot.verdict() == Cot.Verdict.RIGHT ? right : wrong).add(cot.key());
    if (isNew) {
      pay(cot.usage());
    }
  }

  private void addDual(DualCot dual) {
    if (duals.put(dual.key(), dual.wrong() != null) == null) {
      if (dual.origin() == DualCot.Origin.RECTIFIED) {
        pay(dual.right().usage());
      } else if (dual.wrong() != null) {
        pay(dual.wrong().usage());
      }
    }
  }

  private void pay(TeacherUsage usage) {
    usableReplies++;
    promptTokens += usage.promptTokens();
    completionTokens += usage.completionTokens();
  }

  /** That records come. */
  public Arrivals arrivals() {
    return arrivals;
  }

  /** Counts of the data stages. */
  public synchronized DataCounts counts() {
    int alone = (int) duals.values().stream().filter(dual -> !dual).count();
    int dead =
        (int)
            deadLetters.stream().map(DeadLetter::id).filter(published::contains).distinct().count();
    return new DataCounts(
        published.size(),
        right.size(),
        wrong.size(),
        duals.size() - alone,
        alone,
        keySteps.size(),
        dead);
  }

  /** Where the published problems have ended so far. */
  public synchronized Accounting accounting() {
    return Accounting.of(published, acceptedIds, deadLetters.stream().map(DeadLetter::id).toList());
  }

  /** The key-step records by id, the latest of each. */
  public synchronized List<KeySteps> keySteps() {
    return List.copyOf(keySteps.values());
  }

  /** The dead letters in the order of arrival. */
  public synchronized List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** A run's events in order. */
  public synchronized List<RunEvent> events(String run) {
    return List.copyOf(runEvents.getOrDefault(run, List.of()));
  }

  /** A run's checkpoints in order. */
  public synchronized List<Checkpoint> checkpoints(String run) {
    return List.copyOf(checkpoints.getOrDefault(run, List.of()));
  }

  /** The evaluations by run and benchmark. */
  public synchronized List<Evaluation> evaluations() {
    return List.copyOf(evaluations.values());
  }

  /** When records of a topic were seen. */
  public synchronized StageClock clock(String topic) {
    return clocks.getOrDefault(topic, StageClock.UNSEEN);
  }

  /** When chains of thought of either verdict were seen. */
  public synchronized StageClock annotationClock() {
    return clock(Topics.RIGHT_COTS).with(clock(Topics.WRONG_COTS));
  }

  /** What the teacher cost by the records. */
  public synchronized TeacherBill bill() {
    return new TeacherBill(usableReplies, promptTokens, completionTokens, TeacherBill.FROM_RECORDS);
  }
}
