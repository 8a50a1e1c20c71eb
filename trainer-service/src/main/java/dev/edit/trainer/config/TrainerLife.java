package dev.edit.trainer.config;

import dev.edit.artifacts.Artifacts;
import dev.edit.recordloop.RecordLoop;
import dev.edit.trainer.domain.Dispatcher;
import dev.edit.trainer.messaging.RunEventFeed;
import dev.edit.trainer.messaging.RunEventSender;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the dispatcher does when its process starts and when it is asked to end. */
@ApplicationScoped
public class TrainerLife {
  private static final Logger LOG = System.getLogger(TrainerLife.class.getName());

  private final TrainerConfig config;
  private final Dispatcher dispatcher;
  private final RecordLoop loop;
  private final RunEventFeed feed;
  private final RunEventSender sender;
  private final ScheduledExecutorService recovery =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "recovery");
            thread.setDaemon(true);
            return thread;
          });

  TrainerLife(
      TrainerConfig config,
      Dispatcher dispatcher,
      RecordLoop loop,
      RunEventFeed feed,
      RunEventSender sender) {
    this.config = config;
    this.dispatcher = dispatcher;
    this.loop = loop;
    this.feed = feed;
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    Path work = Launchers.place(config).work();
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: expected a folder that can be written, but %s is not"
              .formatted(
                  Artifacts.isRemote(config.checkpoints())
                      ? "edit.trainer.work"
                      : "edit.trainer.checkpoints",
                  work),
          e);
    }
    feed.start();
    loop.start();
    long pause = config.recoverEvery().toMillis();
    recovery.scheduleWithFixedDelay(this::recover, 0, pause, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    recovery.shutdownNow();
    loop.close();
    dispatcher.shutdown();
    feed.close();
    sender.close();
  }

  private void recover() {
    try {
      dispatcher.recover();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "unfinished runs could not be read yet: {0}", e.getMessage());
    }
  }
}
