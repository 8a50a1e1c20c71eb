package dev.edit.trainer.operator;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads the topics on, again and again, and has the resource of each run with news looked at. */
public final class RunNews extends AbstractEventSource<Void, DistillationRun> {
  private static final Logger LOG = System.getLogger(RunNews.class.getName());

  private final RunBoard board;
  private final String namespace;
  private final Duration pause;
  private ScheduledExecutorService reader;

  /**
   * @param namespace of the resources
   * @param pause between two looks at the topics
   */
  public RunNews(RunBoard board, String namespace, Duration pause) {
    super(Void.class, "run-news");
    this.board = board;
    this.namespace = namespace;
    this.pause = pause;
  }

  /** Runs are no resources of the cluster. */
  @Override
  public Set<Void> getSecondaryResources(DistillationRun resource) {
    return Set.of();
  }

  @Override
  public void start() {
    super.start();
    reader =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "run-news");
              thread.setDaemon(true);
              return thread;
            });
    reader.scheduleWithFixedDelay(
        this::read, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    reader.shutdownNow();
    super.stop();
  }

  private void read() {
    try {
      board
          .news()
          .forEach(run -> getEventHandler().handleEvent(new Event(new ResourceID(run, namespace))));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the topics of runs are read again later: {0}", e.getMessage());
    }
  }
}
