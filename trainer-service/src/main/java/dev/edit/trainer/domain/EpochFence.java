package dev.edit.trainer.domain;

import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Lets of all attempts at a run just the latest write to the run's folder: the file {@value #FILE}
 * there names the highest epoch that has come, and an attempt of a lower one stops before it
 * writes.
 *
 * <p>A file and not a lock, because volumes that many machines mount do not all lock. Between the
 * question and the write an older worker may slip through; what it writes then is a whole
 * checkpoint of the same run, and Kafka, which has shut it out, never hears of it.
 */
public final class EpochFence {
  static final String FILE = "epoch";

  private final Path file;
  private final int epoch;

  private EpochFence(Path file, int epoch) {
    this.file = file;
    this.epoch = epoch;
  }

  /**
   * Shuts out the attempts of lower epochs.
   *
   * @param folder the run's folder, which exists afterwards
   * @throws OutdatedException where a higher epoch has come already
   * @throws IOException where the folder cannot be written
   */
  public static EpochFence claim(Path folder, int epoch) throws IOException {
    Require.atLeast("epoch", epoch, Run.Order.FIRST_EPOCH);
    EpochFence fence = new EpochFence(Files.createDirectories(folder).resolve(FILE), epoch);
    if (fence.highest() < epoch) {
      Path draft = folder.resolve("." + FILE + "-" + UUID.randomUUID());
      Files.writeString(draft, Integer.toString(epoch));
      Files.move(draft, fence.file, StandardCopyOption.ATOMIC_MOVE);
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
          "attempt %d has taken the place of attempt %d (%s)".formatted(highest, epoch, file));
    }
  }

  /** The attempt that claimed this fence. */
  int epoch() {
    return epoch;
  }

  private int highest() throws IOException {
    try {
      return Integer.parseInt(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(file + ": expected the number of an attempt", e);
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
