package dev.edit.generator.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.generator.domain.stage.Stage;
import dev.edit.generator.domain.teacher.Demand;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stages' loops, which start and stop together. */
public final class StageLoops {
  private static final int MOST_AT_ONCE = 256;
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private final StageClients clients;
  private final GroupWatch watch;
  private final Settings settings;
  private final GeneratorMetrics metrics;
  private final List<StageLoop<?>> loops = new ArrayList<>();

  /**
   * How the loops run.
   *
   * @param instance tells this worker's transactions from another's; a restart under the same name
   *     ends what the killed process left open
   * @param window how many records a stage may have in work
   * @param grace how long calls may take to come back when the process is to end
   */
  public record Settings(String instance, int window, Duration grace) {}

  /** No loops yet. */
  public StageLoops(
      StageClients clients, GroupWatch watch, Settings settings, GeneratorMetrics metrics) {
    this.clients = clients;
    this.watch = watch;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * A stage's further loop.
   *
   * @param name the stage's name, in its group's id, its transactions' ids, dead letters and
   *     metrics
   * @param demand whether the teacher, as far as this stage asks it, has room
   */
  public <T extends EventRecord> StageLoops with(
      String name, String topic, RecordCodec<T> codec, Stage<T> stage, Demand demand) {
    int atOnce = Math.max(1, Math.min(MOST_AT_ONCE, settings.window / 4));
    StageWork<T> work = new StageWork<>(name, codec, stage, clients.largestRecord(), metrics);
    String transactions = "edit-generator-" + name + "-" + settings.instance;
    loops.add(
        new StageLoop<>(
            new StageLoop.Input<>(name, topic, work),
            demand,
            new Window(settings.window),
            new Outbox(() -> clients.transactional(transactions)),
            new StageLoop.Membership(() -> clients.member(group(name), atOnce), watch::soon),
            metrics));
    return this;
  }

  /** The consumer group of a stage. */
  static String group(String stage) {
    return "edit-generator-" + stage;
  }

  void start() {
    loops.forEach(StageLoop::start);
  }

  /** All let go at once, so that the grace is not spent one after the other. */
  void stop() {
    loops.forEach(loop -> loop.stop(settings.grace));
    loops.forEach(loop -> loop.join(settings.grace.plus(LEAVE)));
  }

  List<StageLoop<?>> all() {
    return List.copyOf(loops);
  }
}
