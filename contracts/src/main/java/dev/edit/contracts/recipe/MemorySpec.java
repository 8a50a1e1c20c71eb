package dev.edit.contracts.recipe;

/**
 * How a run spares memory. Neither setting changes what is computed, but for rounding.
 *
 * @param gradientCheckpointing whether training keeps only the layers' inputs and computes the rest
 *     again in the backward pass: less memory, about a third more work
 * @param bf16Weights whether the frozen weights beneath an adapter are kept in bfloat16: half their
 *     memory
 */
public record MemorySpec(boolean gradientCheckpointing, boolean bf16Weights) {
  /** Nothing is spared. */
  public static final MemorySpec NONE = new MemorySpec(false, false);
}
