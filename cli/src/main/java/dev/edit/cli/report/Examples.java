package dev.edit.cli.report;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.KeySteps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which dual chains of thought are shown: both origins, every task, always the same. */
public final class Examples {
  private Examples() {}

  /** At most {@code count} duals; origins alternate, and within an origin the tasks. */
  public static List<KeySteps> choose(Collection<KeySteps> records, int count) {
    Map<Origin, Deque<KeySteps>> queues = new TreeMap<>();
    for (Origin origin : Origin.values()) {
      queues.put(origin, new ArrayDeque<>(roundRobin(records, origin)));
    }
    List<KeySteps> chosen = new ArrayList<>();
    boolean more = true;
    while (more && chosen.size() < count) {
      more = false;
      for (Deque<KeySteps> queue : queues.values()) {
        if (!queue.isEmpty() && chosen.size() < count) {
          chosen.add(queue.removeFirst());
          more = true;
        }
      }
    }
    return chosen;
  }

  private static List<KeySteps> roundRobin(Collection<KeySteps> records, Origin origin) {
    Map<String, List<KeySteps>> byTask = new TreeMap<>();
    records.stream()
        .filter(record -> record.wrong() != null && record.origin() == origin)
        .sorted(Comparator.comparing(KeySteps::key))
        .forEach(
            record ->
                byTask
                    .computeIfAbsent(record.problem().task(), task -> new ArrayList<>())
                    .add(record));
    List<KeySteps> mixed = new ArrayList<>();
    for (int i = 0; mixed.size() < byTask.values().stream().mapToInt(List::size).sum(); i++) {
      for (List<KeySteps> ofTask : byTask.values()) {
        if (i < ofTask.size()) {
          mixed.add(ofTask.get(i));
        }
      }
    }
    return mixed;
  }
}
