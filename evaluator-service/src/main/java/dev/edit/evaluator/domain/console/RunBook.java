package dev.edit.evaluator.domain.console;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The runs with their states, messages and curves; of more than {@code most} the oldest are
 * forgotten. Thread-safe.
 */
public final class RunBook {
  private static final int MOST_MESSAGES = 50;

  private final Map<String, Entry> entries;

  /**
   * @param most runs that are kept
   */
  public RunBook(int most) {
    this.entries = new NewestEntries<>(most);
  }

  private static final class Entry {
    private Run run;
    private RunEvent latest;
    private Instant started;
    private Progress progress;
    private String progressStage;
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Map<String, ProgressCurve> curves = new LinkedHashMap<>();
    private final Map<String, Checkpoint> checkpoints = new TreeMap<>();
  }

  /**
   * What was said of a run.
   *
   * @param at when
   * @param state the run's state then
   * @param stage the stage; null outside one
   * @param text for people
   */
  public record Message(Instant at, RunEvent.State state, String stage, String text) {}

  /**
   * A run in a line.
   *
   * @param run the order; null where only its events are known
   * @param id the run's id
   * @param state where it stands; null where nothing was told yet
   * @param stage the stage it is in or was in last; null before the first
   * @param message what was said last; null where nothing was
   * @param progress the latest figures; null before the first
   * @param started when the first event came; null before it
   * @param updated when the latest event came; null before the first
   */
  public record Card(
      Run run,
      String id,
      RunEvent.State state,
      String stage,
      String message,
      Progress progress,
      Instant started,
      Instant updated) {}

  /**
   * A run in full.
   *
   * @param card the line
   * @param messages oldest first, at most {@value RunBook#MOST_MESSAGES}
   * @param curves points by stage, in the order of the stages
   * @param checkpoints in the order of their keys
   */
  public record Story(
      Card card,
      List<Message> messages,
      Map<String, List<Progress>> curves,
      List<Checkpoint> checkpoints) {}

  /** Takes an order, in place of an earlier one of the run. */
  public synchronized void put(Run run) {
    entry(run.id()).run = run;
  }

  /** Takes what happened to a run. */
  public synchronized void put(RunEvent event) {
    Entry entry = entry(event.run());
    if (entry.started == null) {
      entry.started = event.at();
    }
    entry.latest = event;
    if (event.message() != null) {
      entry.messages.addLast(
          new Message(event.at(), event.state(), event.stage(), event.message()));
      if (entry.messages.size() > MOST_MESSAGES) {
        entry.messages.removeFirst();
      }
    }
    if (event.progress() != null && event.stage() != null) {
      entry.progress = event.progress();
      entry.progressStage = event.stage();
      entry
          .curves
          .computeIfAbsent(event.stage(), stage -> new ProgressCurve())
          .add(event.progress());
    }
  }

  /** Takes a checkpoint, in place of an earlier one of the same key. */
  public synchronized void put(Checkpoint checkpoint) {
    entry(checkpoint.run()).checkpoints.put(checkpoint.key(), checkpoint);
  }

  /** Forgets a run whose order was deleted. */
  public synchronized void remove(String run) {
    entries.remove(run);
  }

  /** All runs, newest first. */
  public synchronized List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    entries.forEach((id, entry) -> cards.add(0, card(id, entry)));
    return cards;
  }

  /** A run in full, where it is known. */
  public synchronized Optional<Story> story(String run) {
    return Optional.ofNullable(entries.get(run)).map(entry -> story(run, entry));
  }

  private static Story story(String id, Entry entry) {
    Map<String, List<Progress>> curves = new LinkedHashMap<>();
    entry.curves.forEach((stage, curve) -> curves.put(stage, curve.points()));
    return new Story(
        card(id, entry),
        List.copyOf(entry.messages),
        curves,
        List.copyOf(entry.checkpoints.values()));
  }

  private static Card card(String id, Entry entry) {
    boolean ended = entry.checkpoints.values().stream().anyMatch(Checkpoint::last);
    RunEvent latest = entry.latest;
    RunEvent.State told = latest == null ? null : latest.state();
    // Events are kept by age, checkpoints for good: an old run is known by its last checkpoint.
    RunEvent.State state = told == null && ended ? RunEvent.State.SUCCEEDED : told;
    return new Card(
        entry.run,
        id,
        state,
        entry.progressStage,
        entry.messages.isEmpty() ? null : entry.messages.getLast().text(),
        entry.progress,
        entry.started,
        latest == null ? null : latest.at());
  }

  private Entry entry(String run) {
    return entries.computeIfAbsent(run, id -> new Entry());
  }
}
