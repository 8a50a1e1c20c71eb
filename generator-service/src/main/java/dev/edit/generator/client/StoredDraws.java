package dev.edit.generator.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.generator.domain.stage.Draws;
import dev.edit.prompts.Exemplar;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Draws in a {@link TextStore}. */
public final class StoredDraws implements Draws {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAP = "draws";

  private final TextStore store;

  public StoredDraws(TextStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Optional<List<Exemplar>>> find(String key) {
    return store.get(MAP, key).thenApply(kept -> kept.map(StoredDraws::decode));
  }

  @Override
  public CompletionStage<Void> keep(String key, List<Exemplar> pairs) {
    try {
      return store.put(MAP, key, JSON.writeValueAsString(pairs));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("pairs of texts have a JSON form", e);
    }
  }

  private static List<Exemplar> decode(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<Exemplar>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the response cache holds unreadable pairs", e);
    }
  }
}
