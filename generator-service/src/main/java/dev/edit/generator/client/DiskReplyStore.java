package dev.edit.generator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.Reply;
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
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Replies in one file of a folder (H2's MVStore). One process at a time may open it. Writes that
 * come together share a commit; after it they survive a kill of the process.
 */
public final class DiskReplyStore implements ReplyStore, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLOSE_SECONDS = 10;

  private final MVStore store;
  private final MVMap<String, String> replies;
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
  public DiskReplyStore(Path folder) {
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
    replies = store.openMap("replies");
  }

  private record Write(String key, String value, CompletableFuture<Void> done) {}

  /** A kept reply's form on disk; {@code flaw} is null for an answer. */
  record Kept(String flaw, String text, String model, long promptTokens, long completionTokens) {}

  @Override
  public Optional<Reply> find(String key) {
    return Optional.ofNullable(replies.get(key)).map(DiskReplyStore::decode);
  }

  @Override
  public CompletionStage<Void> keep(String key, Reply reply) {
    Write write = new Write(key, encode(reply), new CompletableFuture<>());
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
      batch.forEach(write -> replies.put(write.key, write.value));
      store.commit();
      batch.forEach(write -> write.done.complete(null));
    } catch (MVStoreException e) {
      batch.forEach(write -> write.done.completeExceptionally(e));
    }
  }

  private static String encode(Reply reply) {
    Kept kept;
    if (reply instanceof Reply.Answered answered) {
      kept = kept(null, answered.text(), answered.usage());
    } else if (reply instanceof Reply.Unusable unusable) {
      kept = kept(unusable.flaw().name(), unusable.message(), unusable.usage());
    } else {
      throw new IllegalArgumentException("only what was paid for is kept, not " + reply.outcome());
    }
    try {
      return JSON.writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reply of texts and numbers has a JSON form", e);
    }
  }

  private static Kept kept(String flaw, String text, TeacherUsage usage) {
    return new Kept(flaw, text, usage.model(), usage.promptTokens(), usage.completionTokens());
  }

  private static Reply decode(String json) {
    try {
      Kept kept = JSON.readValue(json, Kept.class);
      TeacherUsage usage = new TeacherUsage(kept.model, kept.promptTokens, kept.completionTokens);
      return kept.flaw == null
          ? new Reply.Answered(kept.text, usage)
          : new Reply.Unusable(Reply.Flaw.valueOf(kept.flaw), kept.text, usage);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the response cache holds an unreadable reply", e);
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
