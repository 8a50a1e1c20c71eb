package dev.edit.evaluator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The evaluator's settings. */
@ConfigMapping(prefix = "edit.evaluator")
public interface EvaluatorConfig {

  /** Longest response in tokens; a longer one is cut and most likely has no answer. */
  @WithDefault("256")
  int maxNewTokens();

  /** Prompts decoded at once; changes speed and memory, not the figures. */
  @WithDefault("64")
  int batchSize();

  /** Threads of libtorch; with one, the figures of a checkpoint are the same every time. */
  @WithDefault("1")
  int threads();

  /**
   * Where {@code <run>/samples_<benchmark>.jsonl} files go; none are written where it is absent.
   */
  Optional<Path> samples();

  /** How long a read of the problems may go without any advance before it is tried again. */
  @WithDefault("60s")
  Duration patience();

  /** This evaluator's name, the same after a restart: its former self is then shut out of Kafka. */
  @WithDefault("${HOSTNAME:localhost}")
  String instance();
}
