package dev.edit.trainer.client.kubernetes;

import dev.edit.contracts.Require;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker's Job asks of the cluster.
 *
 * @param image of the worker
 * @param resources what its pod is given
 * @param placement where its pod may run
 * @param claims volumes that are mounted
 * @param secrets whose keys become environment variables
 * @param serviceAccount of the pod; the namespace's default one where it is empty
 * @param limits when it is given up and cleared away
 * @param template a file that is laid over the Job
 */
public record JobSettings(
    String image,
    Resources resources,
    Placement placement,
    List<Claim> claims,
    List<String> secrets,
    Optional<String> serviceAccount,
    Limits limits,
    Optional<Path> template) {
  public JobSettings {
    Require.text("edit.trainer.kubernetes.image", image);
    claims = List.copyOf(claims);
    secrets = List.copyOf(secrets);
  }

  /**
   * @param gpus whole GPUs; 0 on a cluster without
   * @param cpu such as {@code 4} or {@code 500m}
   * @param memory such as {@code 16Gi}
   */
  public record Resources(int gpus, String cpu, String memory) {
    public Resources {
      Require.atLeast("edit.trainer.kubernetes.gpus", gpus, 0);
      Require.text("edit.trainer.kubernetes.cpu", cpu);
      Require.text("edit.trainer.kubernetes.memory", memory);
    }
  }

  /**
   * @param nodeSelector labels that a node must have
   * @param queue of Kueue, which then decides when the Job starts
   */
  public record Placement(
      Map<String, String> nodeSelector,
      Optional<String> runtimeClass,
      Optional<String> queue,
      Optional<String> priorityClass) {
    public Placement {
      nodeSelector = Map.copyOf(nodeSelector);
    }
  }

  /**
   * @param backoff pods that may fail before the run does
   * @param timeToLive how long an ended Job is kept for its log
   * @param deadline the longest time that all pods together may take
   */
  public record Limits(int backoff, Duration timeToLive, Optional<Duration> deadline) {
    public Limits {
      Require.atLeast("edit.trainer.kubernetes.backoff-limit", backoff, 0);
    }
  }

  /** A claim and where it is mounted. */
  public record Claim(String name, String path, boolean readOnly) {
    private static final Pattern TEXT = Pattern.compile("([a-z0-9.-]+):(/[^:]*)(:ro)?");

    /**
     * Reads {@code claim:/path} or {@code claim:/path:ro}.
     *
     * @throws IllegalArgumentException naming the key and the value
     */
    public static Claim parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "edit.trainer.kubernetes.claims: expected claim:/path or claim:/path:ro, got '%s'"
                .formatted(text));
      }
      return new Claim(matcher.group(1), matcher.group(2), matcher.group(3) != null);
    }
  }
}
