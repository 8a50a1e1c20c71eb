package dev.edit.cli.pipeline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the published problems ended.
 *
 * @param published distinct ids published
 * @param accepted distinct ids among them that became key-step records
 * @param deadLettered distinct ids among them that became dead letters
 * @param lost published, but neither accepted nor dead-lettered
 * @param duplicated ids with more than one key-step record, or both accepted and dead-lettered
 */
public record Accounting(int published, int accepted, int deadLettered, int lost, int duplicated) {

  /**
   * Counts record lists; ids that were never published are not counted.
   *
   * @param published ids on the problems topic, train split
   * @param accepted the ids of all key-step records, with repetitions
   * @param deadLettered the ids of all dead letters, with repetitions
   */
  public static Accounting of(
      Collection<String> published, Collection<String> accepted, Collection<String> deadLettered) {
    Set<String> ids = new HashSet<>(published);
    Map<String, Integer> acceptedTimes = new HashMap<>();
    for (String id : accepted) {
      if (ids.contains(id)) {
        acceptedTimes.merge(id, 1, Integer::sum);
      }
    }
    Set<String> dead = new HashSet<>(deadLettered);
    dead.retainAll(ids);
    int lost = 0;
    int duplicated = 0;
    for (String id : ids) {
      int times = acceptedTimes.getOrDefault(id, 0) + (dead.contains(id) ? 1 : 0);
      if (times == 0) {
        lost++;
      } else if (times > 1) {
        duplicated++;
      }
    }
    return new Accounting(ids.size(), acceptedTimes.size(), dead.size(), lost, duplicated);
  }

  /** Whether every published problem has ended, one way or the other. */
  @JsonIgnore
  public boolean isComplete() {
    return lost == 0;
  }
}
