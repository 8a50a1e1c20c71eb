package dev.edit.generator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The generator's settings, {@code edit.generator.*}. */
@ConfigMapping(prefix = "edit.generator")
public interface GeneratorConfig {

  /** The teacher. */
  TeacherConfig teacher();

  /** How many teacher calls may run at once in this process, over all stages. */
  @WithDefault("32")
  int concurrency();

  /** How many times a stage asks for a record until a reply is usable. */
  AttemptsConfig attempts();

  /** How similar the two sides of a dual must be. */
  PathConfig path();

  /**
   * How long a task's right chains of thought wait for three rectified pairs, in all, before the
   * prompt pack's seed pairs stand in.
   */
  @WithDefault("PT30S")
  Duration patience();

  /** How many rectified pairs of a task are kept to draw from. */
  @WithDefault("200")
  int poolSize();

  /**
   * A folder with {@code cot-prompts/<task>.txt}, optionally {@code cot-ahp}, {@code cot-ccp} and
   * {@code templates}; absent: the built-in pack of the problem families.
   */
  Optional<Path> promptPack();

  /**
   * A folder that keeps the teacher's replies, so that a restart buys nothing twice; each process
   * needs its own. Absent: no cache.
   */
  Optional<Path> cache();

  /**
   * This worker's name; it must differ between workers that run at once and be the same after a
   * restart.
   */
  @WithDefault("${HOSTNAME:localhost}")
  String instance();

  /** The teacher's endpoint and how it is asked. */
  interface TeacherConfig {
    /** The base URL of an OpenAI-compatible API, such as {@code http://host/v1}. */
    URI url();

    /** The model's name there. */
    String model();

    /** Sent as a bearer token; never printed. */
    Optional<String> apiKey();

    /** The first attempt's temperature. */
    @WithDefault("0.2")
    double temperature();

    /** The nucleus size. */
    @WithDefault("1.0")
    double topP();

    /** The longest completion, in tokens; a longer one is truncated and not used. */
    @WithDefault("2048")
    int maxTokens();

    /** How long connecting may take. */
    @WithDefault("PT10S")
    Duration connectTimeout();

    /** How long a call may take; then it counts as unavailable. */
    @WithDefault("PT6M")
    Duration timeout();

    /** What happens while the endpoint is unavailable. */
    RetryConfig retry();
  }

  /** Retries of a call: 408, 409, 429, 5xx, timeouts and connection errors only. */
  interface RetryConfig {
    /** How many, after the first try. */
    @WithDefault("8")
    int times();

    /** The wait before the first; it doubles. */
    @WithDefault("PT0.5S")
    Duration first();

    /** The longest wait of our own. */
    @WithDefault("PT8S")
    Duration longest();

    /** The longest wait that the endpoint's Retry-After may ask for. */
    @WithDefault("PT30S")
    Duration retryAfterCap();
  }

  /** Attempts per stage; each further one is hotter. */
  interface AttemptsConfig {
    /** For a chain of thought with an answer. */
    @WithDefault("3")
    int annotate();

    /** For one that ends in the gold answer. */
    @WithDefault("4")
    int rectify();

    /** For one that ends in another answer. */
    @WithDefault("3")
    int corrupt();

    /** What each further attempt adds to the temperature, up to 1. */
    @WithDefault("0.25")
    double temperatureStep();
  }

  /**
   * Bounds on 1 - word edit distance / length of the longer text, between a chain of thought and
   * its counterpart; outside of them the teacher is asked again.
   */
  interface PathConfig {
    /** The least; just below the least similar of 81 published pairs. */
    @WithDefault("0.32")
    double least();

    /** The most; below 1 it refuses duals that change too little. */
    @WithDefault("1.0")
    double most();
  }
}
