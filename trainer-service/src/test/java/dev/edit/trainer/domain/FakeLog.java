package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.domain.RunLauncher.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The topics of runs and their events in memory. */
final class FakeLog implements RunHistory {
  final Map<String, Run> runs = new LinkedHashMap<>();
  final Map<String, Integer> partitions = new HashMap<>();
  boolean away;
  private final List<RunEvent> events = new ArrayList<>();

  void tell(RunEvent event) {
    if (away) {
      throw new IllegalStateException("Kafka is away");
    }
    events.add(event);
  }

  void tell(String run, State state) {
    tell(new RunEvent(run, Instant.EPOCH, state, null, null, null));
  }

  List<State> states(String run) {
    return of(run).stream().map(RunEvent::state).toList();
  }

  RunEvent last(String run) {
    return of(run).get(of(run).size() - 1);
  }

  @Override
  public Standing standing(String run, int epoch) {
    List<RunEvent> all = of(run);
    if (all.stream()
        .anyMatch(
            event ->
                event.attempt() > epoch
                    || event.state() == State.SUCCEEDED
                    || (event.state().isFinal() && event.attempt() == epoch))) {
      return Standing.FINISHED;
    }
    return all.stream().anyMatch(event -> event.attempt() == epoch)
        ? Standing.ACCEPTED
        : Standing.UNKNOWN;
  }

  @Override
  public Optional<Note> lastNote(String run, int epoch) {
    return of(run).stream()
        .filter(event -> event.attempt() == epoch && event.message() != null)
        .reduce((before, after) -> after)
        .map(event -> new Note(event.state(), event.message()));
  }

  @Override
  public List<Placed> unfinished(Set<Integer> owned) {
    return runs.values().stream()
        .filter(run -> standing(run.id(), run.epoch()) == Standing.ACCEPTED)
        .map(run -> new Placed(run, partitions.getOrDefault(run.id(), 0)))
        .filter(placed -> owned.contains(placed.partition()))
        .toList();
  }

  private List<RunEvent> of(String run) {
    return events.stream().filter(event -> event.run().equals(run)).toList();
  }
}
