package dev.edit.generator.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Maps of texts in one file of a folder (H2's MVStore). One process at a time may open it. Writes
 * that come together share a commit; after it they survive a kill of the process.
 */
public final class DiskStore implements AutoCloseable {
  private static final int CLOSE_SECONDS = 10;

  private final MVStore store;
  private final LinkedBlockingQueue<Write> writes = new LinkedBlockingQueue<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "edit-generator-cache");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Opens or makes the folder's store.
   *
   * @throws IllegalStateException where another process has it open, or it is no store
   */
  public DiskStore(Path folder) {
    try {
      Files.createDirectories(folder);
      store =
          new MVStore.Builder()
              .fileName(folder.resolve("replies.mv").toString())
              .autoCommitDisabled()
              .open();
    } catch (IOException e) {
      throw new UncheckedIOException("edit.generator.cache: cannot use folder " + folder, e);
    } catch (MVStoreException e) {
      throw new IllegalStateException(
          "edit.generator.cache: cannot open "
              + folder
              + " (each process needs a folder of its own): "
              + e.getMessage(),
          e);
    }
  }

  private record Write(String map, String key, String value, CompletableFuture<Void> done) {}

  /** The value of a map's key. */
  Optional<String> get(String map, String key) {
    return Optional.ofNullable(store.<String, String>openMap(map).get(key));
  }

  /** Completes when the value is committed. */
  CompletionStage<Void> put(String map, String key, String value) {
    Write write = new Write(map, key, value, new CompletableFuture<>());
    writes.add(write);
    writer.execute(this::flush);
    return write.done;
  }

  private void flush() {
    List<Write> batch = new ArrayList<>();
    writes.drainTo(batch);
    if (batch.isEmpty()) {
      return;
    }
    try {
      batch.forEach(write -> store.openMap(write.map).put(write.key, write.value));
      store.commit();
      batch.forEach(write -> write.done.complete(null));
    } catch (MVStoreException e) {
      batch.forEach(write -> write.done.completeExceptionally(e));
    }
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the response cache is still writing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
