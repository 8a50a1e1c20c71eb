package dev.edit.embeddedkafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One broker per data folder, in this JVM and others.
 *
 * <p>Kafka locks the folder itself, but only after it has appended to the metadata log: a second
 * broker would have broken the first by then.
 */
final class FolderLock implements AutoCloseable {
  private static final String FILE = "embedded-kafka.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder until {@link #close()} or the end of the JVM.
   *
   * @throws BrokerStartException if another broker has it
   */
  static FolderLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw taken(folder, e);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw taken(folder, null);
    }
    return new FolderLock(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("dataFolder: cannot release its lock", e);
    }
  }

  private static BrokerStartException taken(Path folder, Throwable cause) {
    return new BrokerStartException(
        "dataFolder: expected a folder no running broker uses, got " + folder, cause);
  }
}
