package dev.edit.trainer.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Runs as resources of kind DistillationRun, in the namespace of the Jobs. */
public interface OperatorConfig {

  /** Whether DistillationRuns are served. */
  @WithDefault("false")
  boolean enabled();

  /** The lease by which one of several dispatchers serves them. */
  @WithDefault("edit-operator")
  String lease();

  /** How often the topics are looked at for news. */
  @WithDefault("2s")
  Duration poll();
}
