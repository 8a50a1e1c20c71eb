package dev.edit.trainer.operator;

import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The topics in memory. */
final class FakeBoard implements RunBoard {
  final List<Run> ordered = new CopyOnWriteArrayList<>();
  private final Map<String, RunSight> sights = new HashMap<>();
  private final Set<String> news = new HashSet<>();

  @Override
  public synchronized RunSight sight(String run) {
    return sights.getOrDefault(run, RunSight.NONE);
  }

  @Override
  public List<PartitionRange> wholeDataset() {
    return List.of(new PartitionRange(0, 0, 400 + ordered.size()));
  }

  @Override
  public synchronized void order(Run run) {
    ordered.add(run);
    sights.put(run.id(), sight(run.id()).with(run));
    news.add(run.id());
  }

  @Override
  public synchronized Set<String> news() {
    Set<String> now = Set.copyOf(news);
    news.clear();
    return now;
  }

  synchronized void tell(RunEvent event) {
    sights.put(event.run(), sight(event.run()).with(event));
    news.add(event.run());
  }

  synchronized void tell(dev.edit.contracts.Evaluation evaluation) {
    sights.put(evaluation.run(), sight(evaluation.run()).with(evaluation));
    news.add(evaluation.run());
  }
}
