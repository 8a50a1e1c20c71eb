package dev.edit.generator.config;

import dev.edit.generator.client.Dialect;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The generator's settings, {@code edit.generator.*}. */
@ConfigMapping(prefix = "edit.generator")
public interface GeneratorConfig {

  /** The teacher. */
  TeacherConfig teacher();

  /** How many teacher calls may run at once in this process, over all stages. */
  @WithDefault("32")
  int concurrency();

  /**
   * How many records a stage may have in work at once; those that wait for a retry or for examples
   * take no call, so that it should be well above the concurrency.
   */
  @WithDefault("1024")
  int window();

  /** How long teacher calls may take to come back when the process is to end. */
  @WithDefault("PT20S")
  Duration grace();

  /** What may be spent. */
  BudgetConfig budget();

  /** How many times a stage asks for a record until a reply is usable. */
  AttemptsConfig attempts();

  /** How similar the two sides of a dual must be. */
  PathConfig path();

  /** Whether the teacher is asked what is wrong with each wrong side. */
  MistakesConfig mistakes();

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
   * A Redis that keeps the teacher's replies for all workers, such as {@code
   * redis://:password@host:6379/0}. Absent: none.
   */
  Optional<URI> sharedCache();

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

    /** Never printed. */
    Optional<String> apiKey();

    /** Where the key is sent: as a bearer token, or bare in a header such as {@code api-key}. */
    @WithDefault("Authorization")
    String apiKeyHeader();

    /** Further headers of every request; their values are never printed. */
    Map<String, String> headers();

    /** Chat messages, or one plain prompt for base models. */
    @WithDefault("chat")
    Dialect.Style style();

    /** What becomes of text that a reasoning model thought before it answered. */
    @WithDefault("leave-out")
    Dialect.Reasoning reasoning();

    /** The name under which the limit on a completion's tokens is sent. */
    @WithDefault("max-tokens")
    Dialect.MaxTokensField maxTokensField();

    /** Texts that end a completion. */
    Optional<List<String>> stop();

    /** Sent with each request; further attempts count it up. Absent: none is sent. */
    OptionalLong seed();

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

    /** What the account may. */
    LimitsConfig limits();

    /** What tokens cost. */
    PriceConfig price();
  }

  /** The account's limits, over all workers; each takes its share. */
  interface LimitsConfig {
    /** Calls a minute; absent: as many as the endpoint's headers allow. */
    OptionalLong requestsPerMinute();

    /** Prompt and completion tokens a minute; absent: as many as the endpoint's headers allow. */
    OptionalLong tokensPerMinute();

    /** How many workers share the account; absent: as many as the consumer group has members. */
    OptionalInt workers();

    /** The longest pause of the whole worker, whatever a Retry-After asks for. */
    @WithDefault("PT5S")
    Duration longestPause();
  }

  /** Prices, in whatever currency the budget is in. */
  interface PriceConfig {
    /** For a million tokens read. */
    @WithDefault("0")
    double promptPerMillion();

    /** For a million tokens written. */
    @WithDefault("0")
    double completionPerMillion();
  }

  /**
   * What may be spent in all, since the cache was made; at the end calls wait, and nothing fails.
   */
  interface BudgetConfig {
    /** Prompt and completion tokens; absent: no limit. */
    OptionalLong tokens();

    /** Money, by the prices; absent: no limit. */
    OptionalDouble cost();
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

  /** A further call for each pair; its answer is kept on the dual chain of thought. */
  interface MistakesConfig {
    /** Whether it is made. */
    @WithDefault("false")
    boolean enabled();

    /** Tries until a reply names a category; then the pair goes on without one. */
    @WithDefault("2")
    int attempts();
  }
}
