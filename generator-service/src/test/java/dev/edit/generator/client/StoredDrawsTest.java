package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.prompts.Exemplar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredDrawsTest {
  @TempDir Path folder;

  @Test
  void shouldRememberADrawWhenTheProcessStartsAgain() {
    List<Exemplar> pairs = List.of(new Exemplar("q", "right", "wrong"));
    try (DiskStore store = new DiskStore(folder)) {
      assertThat(new StoredDraws(store).keep("p/1", pairs).toCompletableFuture().join()).isNull();
    }
    try (DiskStore store = new DiskStore(folder)) {
      assertThat(new StoredDraws(store).find("p/1").toCompletableFuture().join()).contains(pairs);
      assertThat(new StoredDraws(store).find("p/2").toCompletableFuture().join()).isEmpty();
    }
  }
}
