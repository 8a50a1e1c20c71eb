package dev.edit.student;

import dev.edit.student.files.Dtype;

/**
 * How the weights of a model folder are written.
 *
 * @param dtype type of the values
 * @param maxShardBytes most bytes of values in a file, unless a single tensor has more
 */
public record SaveOptions(Dtype dtype, long maxShardBytes) {
  /** One file in float32, which keeps every bit. */
  public static final SaveOptions EXACT = new SaveOptions(Dtype.F32, Long.MAX_VALUE);

  /** Shards of at most 5 GB, as Hugging Face's libraries write them. */
  public static SaveOptions sharded(Dtype dtype) {
    return new SaveOptions(dtype, 5_000_000_000L);
  }

  /** Checks the size. */
  public SaveOptions {
    if (maxShardBytes < 1) {
      throw new IllegalArgumentException(
          "maxShardBytes is " + maxShardBytes + ", expected a positive integer");
    }
  }
}
