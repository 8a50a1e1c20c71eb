package dev.edit.trainer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The dispatcher's settings. */
@ConfigMapping(prefix = "edit.trainer")
public interface TrainerConfig {

  /**
   * Where runs are kept, a folder or {@code s3://bucket/prefix}: a checkpoint is {@code
   * <root>/<run>/epoch-<attempt>/<stage>}.
   */
  String checkpoints();

  /**
   * A folder of this machine for logs, and for what comes from S3 and goes there; not used where
   * {@link #checkpoints} is a folder.
   */
  @WithDefault("${java.io.tmpdir:/tmp}/edit-trainer")
  Path work();

  /** How S3 is reached; access keys come from where the AWS SDK looks for them. */
  S3Config s3();

  /** Most workers at once; further runs wait in the order in which they came. */
  @WithDefault("1")
  int maxConcurrentRuns();

  /** How long Kafka may be away before a question to it counts as failed. */
  @WithDefault("60s")
  Duration patience();

  /** How often runs that were accepted and have no worker are looked for. */
  @WithDefault("5s")
  Duration recoverEvery();

  /**
   * This dispatcher's name, the same after a restart: its former self is then shut out of Kafka.
   */
  @WithDefault("${HOSTNAME:localhost}")
  String instance();

  /** Where workers run. */
  @WithDefault("process")
  Launcher launcher();

  /** The workers. */
  Worker worker();

  /** The Jobs of workers on a cluster. */
  KubernetesConfig kubernetes();

  /** Runs as resources of the cluster. */
  OperatorConfig operator();

  /** Where workers run. */
  enum Launcher {
    /** On this machine. */
    PROCESS,
    /** Each in a Job on the cluster. */
    KUBERNETES
  }

  /** The settings of a worker's process. */
  interface Worker {

    /** Options of its Java virtual machine; the student itself lives outside of the Java heap. */
    @WithDefault("-Xmx512m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1")
    List<String> javaOptions();

    /** Threads of libtorch; with one, a run gives the same weights bit for bit. */
    @WithDefault("1")
    int threads();

    /** Optimizer steps between two progress events. */
    @WithDefault("25")
    int reportEvery();

    /**
     * Optimizer steps between two saves of a run's state, from which a restarted worker goes on; 0
     * does not count steps.
     */
    @WithDefault("0")
    int saveEverySteps();

    /** Time between two saves of a run's state; zero does not look at the clock. */
    @WithDefault("5m")
    Duration saveEvery();

    /** How many of a run's newest saves are kept. */
    @WithDefault("2")
    int savesKept();

    /**
     * What a worker computes on: {@code cpu}, {@code cuda:N}, several with commas between, each of
     * which trains on its part of every batch, or {@code auto}, which is a GPU where the worker
     * sees one; a Job that asks for GPUs takes all of them and does not train without.
     */
    @WithDefault("auto")
    String device();

    /** How long a worker may take to end once it is asked to. */
    @WithDefault("10s")
    Duration grace();
  }
}
