package dev.edit.trainer.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the Jobs of workers ask of the cluster; read with launcher {@code kubernetes} only. */
public interface KubernetesConfig {

  /** The namespace of the Jobs; absent is the dispatcher's own. */
  Optional<String> namespace();

  /** The worker's image; has to be set with launcher {@code kubernetes}. */
  Optional<String> image();

  /** Whole GPUs of a worker; 0 on a cluster without. */
  @WithDefault("1")
  int gpus();

  /** CPU that a worker's pod requests. */
  @WithDefault("2")
  String cpu();

  /** Memory that a worker's pod requests, and its limit. */
  @WithDefault("8Gi")
  String memory();

  /** Labels {@code key=value} that a worker's node must have. */
  Optional<List<String>> nodeSelector();

  /** The pod's runtime class, such as {@code nvidia}. */
  Optional<String> runtimeClassName();

  /** The local queue of Kueue that admits the Jobs. */
  Optional<String> queueName();

  /** The pod's priority class. */
  Optional<String> priorityClassName();

  /** The pod's service account; it needs no rights. */
  Optional<String> serviceAccount();

  /**
   * Volume claims {@code claim:/path} or {@code claim:/path:ro}; one has to hold {@code
   * edit.trainer.checkpoints}, one the students.
   */
  Optional<List<String>> claims();

  /** Secrets whose keys become the worker's environment. */
  Optional<List<String>> secrets();

  /** The Deployment that owns the Jobs and takes them with it when it is deleted. */
  Optional<String> ownerDeployment();

  /** Pods that may fail before the run does; what is evicted or preempted does not count. */
  @WithDefault("3")
  int backoffLimit();

  /** How long an ended Job is kept, for its log. */
  @WithDefault("1d")
  Duration timeToLive();

  /** The longest time that a run may take in all. */
  Optional<Duration> deadline();

  /** A YAML file whose fields are laid over every Job. */
  Optional<Path> template();

  /** How often every Job is looked at even when the cluster tells no news. */
  @WithDefault("30s")
  Duration resync();

  /** How long another wording of the same wait is kept back. */
  @WithDefault("1m")
  Duration quiet();
}
