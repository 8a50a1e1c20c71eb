package dev.edit.evaluator.domain.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map in the order in which keys first came, that forgets the oldest key when it is full. */
final class NewestEntries<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * @param most entries that are kept
   */
  NewestEntries(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
