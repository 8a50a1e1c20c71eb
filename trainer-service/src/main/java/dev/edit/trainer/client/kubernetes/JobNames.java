package dev.edit.trainer.client.kubernetes;

import dev.edit.contracts.Run;
import dev.edit.contracts.codec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The names and labels of a run's Jobs. The same attempt always has the same name, so that the API
 * server refuses a second Job of it, whoever asks.
 */
final class JobNames {
  static final String RUN = "edit.dev/run";
  static final String EPOCH = "edit.dev/epoch";
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String MANAGER = "edit-dispatcher";

  /** A Job's name is also a label of its pods: at most 63 characters, of which pods need some. */
  private static final int LONGEST_PART = 36;

  private static final int DIGEST = 8;

  private JobNames() {}

  /** The name of an attempt's Job. */
  static String job(Run run) {
    return "edit-" + label(run.id()) + "-e" + run.epoch();
  }

  /**
   * A run's id as a part of names and as a label: as it is where it may stand so, else what can be
   * kept of it with a digest of the whole.
   */
  static String label(String id) {
    String kept =
        id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
    if (kept.equals(id) && id.length() <= LONGEST_PART) {
      return id;
    }
    String head = kept.substring(0, Math.min(kept.length(), LONGEST_PART - DIGEST - 1));
    String digest = Sha256.of(id.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST);
    return head.replaceAll("-+$", "") + "-" + digest;
  }
}
