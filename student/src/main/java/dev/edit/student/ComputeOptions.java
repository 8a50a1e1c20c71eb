package dev.edit.student;

import dev.edit.student.torch.TorchDevice;

/**
 * Where and how a student computes. None of it changes what is computed, but for rounding.
 *
 * @param device {@code cpu}, or {@code cuda:N} where libtorch has a driver for it
 * @param precision of the matrix products
 * @param bfloat16Weights whether weights are kept in bfloat16, which rounds what is finer: half the
 *     memory, but only an adapter can be trained then. With float32 products, training saves memory
 *     only if it is checkpointing too
 * @param checkpointing whether training keeps only the layers' inputs and computes the rest again
 *     in the backward pass: less memory, about a third more work
 * @param logitsAtATime most logits that are held at a time, positive; more scored tokens than fit
 *     are worked off in parts
 */
public record ComputeOptions(
    String device,
    Precision precision,
    boolean bfloat16Weights,
    boolean checkpointing,
    long logitsAtATime) {

  /** Arithmetic of the matrix products; sums, norms, losses and the optimizer are in float32. */
  public enum Precision {
    FLOAT32,
    /** Operands rounded to bfloat16, attention included; trained tensors stay in float32. */
    BFLOAT16
  }

  /** 64 MiB of float32 logits. */
  public static final long DEFAULT_LOGITS = 1L << 24;

  /** float32 on the CPU, nothing computed twice. */
  public static final ComputeOptions DEFAULT =
      new ComputeOptions("cpu", Precision.FLOAT32, false, false, DEFAULT_LOGITS);

  /** Checks the device's name; an error names the field. */
  public ComputeOptions {
    TorchDevice.check(device);
    if (logitsAtATime < 1) {
      throw new IllegalArgumentException(
          "compute: logitsAtATime is " + logitsAtATime + ", expected a positive number");
    }
  }

  /** These options with gradient checkpointing switched on or off. */
  public ComputeOptions withCheckpointing(boolean on) {
    return new ComputeOptions(device, precision, bfloat16Weights, on, logitsAtATime);
  }

  /** These options with another precision. */
  public ComputeOptions withPrecision(Precision other) {
    return new ComputeOptions(device, other, bfloat16Weights, checkpointing, logitsAtATime);
  }

  /** These options with weights in bfloat16 or not. */
  public ComputeOptions withBfloat16Weights(boolean on) {
    return new ComputeOptions(device, precision, on, checkpointing, logitsAtATime);
  }

  /** These options with another bound on the logits. */
  public ComputeOptions withLogitsAtATime(long most) {
    return new ComputeOptions(device, precision, bfloat16Weights, checkpointing, most);
  }

  /** These options on another device. */
  public ComputeOptions withDevice(String other) {
    return new ComputeOptions(other, precision, bfloat16Weights, checkpointing, logitsAtATime);
  }
}
