package dev.edit.evaluator.domain.console;

/**
 * Where a record lies on its topic.
 *
 * @param partition the partition
 * @param offset the offset
 */
public record LogPlace(int partition, long offset) {
  public LogPlace {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "place: expected a partition and an offset of at least 0, got %d and %d"
              .formatted(partition, offset));
    }
  }
}
