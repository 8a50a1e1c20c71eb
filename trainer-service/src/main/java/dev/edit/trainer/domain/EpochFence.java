package dev.edit.trainer.domain;

import dev.edit.artifacts.ArtifactStore;
import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Lets of all attempts at a run just the latest write to the run's folder: the file {@value #FILE}
 * there names the highest epoch that has come, and an attempt of a lower one stops before it
 * writes.
 *
 * <p>A file and not a lock, because volumes that many machines mount do not all lock, and S3 has
 * none. Between the question and the write an older worker may slip through; what it writes then is
 * a whole checkpoint of the same run, and Kafka, which has shut it out, never hears of it.
 */
public final class EpochFence {
  static final String FILE = "epoch";

  private final ArtifactStore store;
  private final String name;
  private final int epoch;

  private EpochFence(ArtifactStore store, String name, int epoch) {
    this.store = store;
    this.name = name;
    this.epoch = epoch;
  }

  /**
   * Shuts out the attempts of lower epochs.
   *
   * @throws OutdatedException where a higher epoch has come already
   * @throws IOException where the store cannot be written to
   */
  public static EpochFence claim(ArtifactStore store, String run, int epoch) throws IOException {
    Require.atLeast("epoch", epoch, Run.Order.FIRST_EPOCH);
    EpochFence fence = new EpochFence(store, Require.name("run", run) + "/" + FILE, epoch);
    if (fence.highest() < epoch) {
      store.put(fence.name, Integer.toString(epoch).getBytes(StandardCharsets.UTF_8));
    }
    fence.check();
    return fence;
  }

  /**
   * Passes while no higher epoch has come.
   *
   * @throws OutdatedException where one has
   */
  public void check() throws IOException {
    int highest = highest();
    if (highest > epoch) {
      throw new OutdatedException(
          "attempt %d has taken the place of attempt %d (%s)"
              .formatted(highest, epoch, store.uri(name)));
    }
  }

  /** The attempt that claimed this fence. */
  int epoch() {
    return epoch;
  }

  private int highest() throws IOException {
    byte[] bytes = store.get(name);
    try {
      return bytes == null
          ? 0
          : Integer.parseInt(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (NumberFormatException e) {
      throw new IOException(store.uri(name) + ": expected the number of an attempt", e);
    }
  }

  /** A later attempt at the run has come. */
  public static final class OutdatedException extends IOException {
    private static final long serialVersionUID = 1L;

    OutdatedException(String message) {
      super(message);
    }
  }
}
