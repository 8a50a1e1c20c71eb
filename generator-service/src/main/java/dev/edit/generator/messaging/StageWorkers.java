package dev.edit.generator.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Runs the stages as long as the process lives. */
@ApplicationScoped
public class StageWorkers {
  private final StageLoops loops;

  @Inject
  StageWorkers(StageLoops loops) {
    this.loops = loops;
  }

  void start(@Observes StartupEvent event) {
    loops.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loops.stop();
  }
}
