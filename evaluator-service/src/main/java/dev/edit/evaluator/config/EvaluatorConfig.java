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
   * Where results and samples in the shape of lm-evaluation-harness go, a folder a run; none are
   * written where it is absent.
   */
  Optional<Path> samples();

  /** How long a read of the problems may go without any advance before it is tried again. */
  @WithDefault("60s")
  Duration patience();

  /** This evaluator's name, the same after a restart: its former self is then shut out of Kafka. */
  @WithDefault("${HOSTNAME:localhost}")
  String instance();

  /** The web console. */
  ConsoleConfig console();

  /** The console's bounds and who may change what. */
  interface ConsoleConfig {
    /** Whether the console's read models are fed; its pages stay empty otherwise. */
    @WithDefault("true")
    boolean enabled();

    /** Records of edit.key-steps that can be browsed, at about 80 bytes of heap each. */
    @WithDefault("2000000")
    int maxPairs();

    /** Runs that are shown; of more the oldest are forgotten. */
    @WithDefault("2000")
    int maxRuns();

    /** Dead letters that are listed; all are counted. */
    @WithDefault("10000")
    int maxDeadLetters();

    /** Who shows it may replay dead letters; without it the console only shows. */
    Optional<String> token();

    /** Price of a million tokens that the teacher reads; no cost is shown without a price. */
    Optional<Double> promptPrice();

    /** Price of a million tokens that the teacher writes. */
    Optional<Double> completionPrice();
  }
}
