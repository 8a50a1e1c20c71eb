package dev.edit.generator.client;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Named maps of texts, and counters, that outlive the process. It never blocks the caller. */
public interface TextStore extends AutoCloseable {
  /** The value of a map's key, if there is one. */
  CompletionStage<Optional<String>> get(String map, String key);

  /** Completes when the value will survive the end of this process. */
  CompletionStage<Void> put(String map, String key, String value);

  /**
   * Adds to a counter, which starts at 0, and completes with its new value when that will survive
   * the end of this process.
   */
  CompletionStage<Long> add(String map, String key, long amount);

  @Override
  void close();
}
