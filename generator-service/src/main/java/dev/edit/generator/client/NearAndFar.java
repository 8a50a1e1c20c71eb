package dev.edit.generator.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store of this worker's own before one that all share: what the near one lacks is fetched from
 * the far one, what is written goes to both, and counters are the far one's. While the far one is
 * away the near one does, except for counters.
 */
final class NearAndFar implements TextStore {
  private final TextStore near;
  private final TextStore far;

  NearAndFar(TextStore near, TextStore far) {
    this.near = near;
    this.far = far;
  }

  @Override
  public CompletionStage<Optional<String>> get(String map, String key) {
    return near.get(map, key)
        .thenCompose(
            found ->
                found.isPresent() ? CompletableFuture.completedStage(found) : far.get(map, key));
  }

  @Override
  public CompletionStage<Void> put(String map, String key, String value) {
    CompletionStage<Void> here = near.put(map, key, value);
    return far.put(map, key, value).thenCombine(here, (a, b) -> null);
  }

  @Override
  public CompletionStage<Long> add(String map, String key, long amount) {
    return far.add(map, key, amount);
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
