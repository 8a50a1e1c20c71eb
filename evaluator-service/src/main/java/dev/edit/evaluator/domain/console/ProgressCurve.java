package dev.edit.evaluator.domain.console;

import dev.edit.contracts.RunEvent.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * The progress of a stage, at most {@value #MOST} points: when there are more, every second one is
 * dropped, so that the whole stage stays visible at half the detail. Not thread-safe.
 */
final class ProgressCurve {
  static final int MOST = 400;

  private final List<Progress> points = new ArrayList<>();
  private Progress latest;
  private int stride = 1;
  private int waiting;

  void add(Progress point) {
    if (latest != null && point.step() <= latest.step()) {
      restart(point.step());
    }
    latest = point;
    if (waiting == 0) {
      points.add(point);
      waiting = stride;
    }
    waiting--;
    if (points.size() > MOST) {
      thin();
    }
  }

  /** A stage that was resumed goes back; what it tells again replaces what it told before. */
  private void restart(int step) {
    points.removeIf(point -> point.step() >= step);
    waiting = 0;
  }

  private void thin() {
    List<Progress> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i += 2) {
      kept.add(points.get(i));
    }
    points.clear();
    points.addAll(kept);
    stride *= 2;
    waiting = stride - 1;
  }

  /** The points in order, the latest always among them. */
  List<Progress> points() {
    List<Progress> all = new ArrayList<>(points);
    if (latest != null && (all.isEmpty() || all.get(all.size() - 1) != latest)) {
      all.add(latest);
    }
    return all;
  }
}
