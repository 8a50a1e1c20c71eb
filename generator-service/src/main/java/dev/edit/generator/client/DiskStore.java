package dev.edit.generator.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Maps in one file of a folder (H2's MVStore). One process at a time may open it. Writes that come
 * together share a commit; after it they survive a kill of the process.
 */
public final class DiskStore implements TextStore {
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

  /** A change of a map, made on the writer's thread; {@code done} gets the key's new value. */
  private record Write(
      String map, String key, UnaryOperator<String> change, CompletableFuture<String> done) {}

  @Override
  public CompletionStage<Optional<String>> get(String map, String key) {
    try {
      return CompletableFuture.completedStage(
          Optional.ofNullable(open(map).get(key)).map(DiskStore::toText));
    } catch (MVStoreException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<Void> put(String map, String key, String value) {
    return write(map, key, old -> value).thenApply(written -> null);
  }

  @Override
  public CompletionStage<Long> add(String map, String key, long amount) {
    return write(map, key, old -> Long.toString((old == null ? 0 : Long.parseLong(old)) + amount))
        .thenApply(Long::valueOf);
  }

  private CompletionStage<String> write(String map, String key, UnaryOperator<String> change) {
    Write write = new Write(map, key, change, new CompletableFuture<>());
    writes.add(write);
    try {
      writer.execute(this::flush);
    } catch (RejectedExecutionException e) {
      write.done.completeExceptionally(new IllegalStateException("the store is closed", e));
    }
    return write.done;
  }

  private void flush() {
    List<Write> batch = new ArrayList<>();
    writes.drainTo(batch);
    if (batch.isEmpty()) {
      return;
    }
    List<String> values = new ArrayList<>();
    try {
      for (Write write : batch) {
        Map<String, Object> map = open(write.map);
        Object old = map.get(write.key);
        String value = write.change.apply(old == null ? null : toText(old));
        map.put(write.key, toStored(value));
        values.add(value);
      }
      store.commit();
    } catch (MVStoreException | NumberFormatException e) {
      batch.forEach(write -> write.done.completeExceptionally(e));
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      batch.get(i).done.complete(values.get(i));
    }
  }

  private Map<String, Object> open(String map) {
    return store.openMap(map);
  }

  /** Texts are bytes in the file, which are written at once; those of old are read as they are. */
  private static Object toStored(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String toText(Object stored) {
    return stored instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : (String) stored;
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
