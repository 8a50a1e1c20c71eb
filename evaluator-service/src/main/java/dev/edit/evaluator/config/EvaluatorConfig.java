package dev.edit.evaluator.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
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

  /**
   * Most memory of the keys and values that decoding keeps: fewer prompts are decoded at once where
   * they would take more, but never less than one.
   */
  @WithDefault("2G")
  MemorySize cacheMemory();

  /**
   * Whether a response ends with the line of its final answer, after which nothing changes its
   * grade.
   */
  @WithDefault("true")
  boolean stopAtAnswer();

  /** Threads of libtorch; with one, the figures of a checkpoint are the same every time. */
  @WithDefault("1")
  int threads();

  /**
   * Where results and samples in the shape of lm-evaluation-harness go, a folder a run; none are
   * written where it is absent.
   */
  Optional<Path> samples();

  /** A folder of this machine for copies of checkpoints and models that come from S3. */
  @WithDefault("${java.io.tmpdir:/tmp}/edit-evaluator")
  Path copies();

  /**
   * The most that copies which are not in use take; the one that was not used for longest goes
   * first.
   */
  @WithDefault("20G")
  MemorySize copiesSize();

  /** How S3 is reached; access keys come from where the AWS SDK looks for them. */
  S3Config s3();

  /** How long a read of the problems may go without any advance before it is tried again. */
  @WithDefault("60s")
  Duration patience();

  /** This evaluator's name, the same after a restart: its former self is then shut out of Kafka. */
  @WithDefault("${HOSTNAME:localhost}")
  String instance();

  /** A vote over sampled responses, beside the greedy one. */
  SelfConsistencyConfig selfConsistency();

  /** Pairs of the duals that a run holds out whose key steps are scored; 0 for none. */
  @WithDefault("500")
  int mostDuals();

  /** How problems become prompts. */
  PromptsConfig prompts();

  /** Where students answer instead of in this process. */
  EndpointConfig endpoint();

  /** The web console. */
  ConsoleConfig console();

  /** A vote over sampled responses, beside the greedy one. */
  interface SelfConsistencyConfig {
    /** Responses that vote; there is no vote with 0. The method's paper takes 8. */
    @WithDefault("0")
    int samples();

    /** Logits are divided by it before a token is drawn. */
    @WithDefault("0.7")
    double temperature();

    /** Only the most probable tokens that together reach this share are drawn from. */
    @WithDefault("0.95")
    double topP();

    /** Of the draws: the same checkpoint and seed give the same figures again. */
    @WithDefault("0")
    long seed();
  }

  /** How problems become prompts. */
  interface PromptsConfig {
    /** A folder whose templates go before the built-in ones; it need not hold all. */
    Optional<Path> folder();

    /** Worked examples before each question; 0 asks as students are trained. */
    @WithDefault("0")
    int shots();

    /** The prompt pack that worked examples come from; the built-in one where it is absent. */
    Optional<Path> pack();
  }

  /** Where students answer instead of in this process. */
  interface EndpointConfig {
    /** The API's base URL, such as vLLM's http://host:8000/v1; students run here without it. */
    Optional<URI> url();

    /** The model to ask for, with the places {run}, {stage}, {recipe} and {seed}. */
    @WithDefault("{run}")
    String model();

    /** Sent as a bearer token; none where it is absent. */
    Optional<String> apiKey();

    /** The longest a request may take. */
    @WithDefault("120s")
    Duration timeout();

    /** Tries after the first, of a request that the endpoint had no time for. */
    @WithDefault("5")
    int retries();

    /** Requests at once. */
    @WithDefault("16")
    int concurrency();
  }

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
