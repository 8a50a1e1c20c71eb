package dev.edit.student.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.OptionalLong;

/** The processor that arrays live on, by its name: {@code cpu} or {@code cuda:N}. */
public final class TorchDevice {
  private static final String CPU = "cpu";
  private static final String CUDA = "cuda:";

  private TorchDevice() {}

  /**
   * Whether {@code name} is well-formed; says nothing about there being such a device.
   *
   * @throws IllegalArgumentException names the value and what was expected
   */
  public static void check(String name) {
    if (!name.equals(CPU) && !name.matches(CUDA + "\\d{1,3}")) {
      throw new IllegalArgumentException(
          "compute: device is '" + name + "', expected cpu or cuda:N");
    }
  }

  /** What {@code auto} means here: the first GPU that libtorch sees, the CPU where it sees none. */
  public static String best() {
    TorchRuntime.start();
    return Engine.getEngine("PyTorch").getGpuCount() > 0 ? CUDA + 0 : CPU;
  }

  /**
   * The device of a name. libtorch has been started.
   *
   * @throws IllegalArgumentException when libtorch sees no such device
   */
  static Device of(String name) {
    check(name);
    if (name.equals(CPU)) {
      return Device.cpu();
    }
    int index = Integer.parseInt(name.substring(CUDA.length()));
    int count = Engine.getEngine("PyTorch").getGpuCount();
    if (index >= count) {
      throw new IllegalArgumentException(
          "compute: device is '%s', but libtorch sees %d GPUs".formatted(name, count));
    }
    return Device.gpu(index);
  }

  /**
   * Bytes in use on a GPU, by all processes, as its driver reports them; empty on the CPU, whose
   * memory is the process's own.
   */
  public static OptionalLong usedBytes(String name) {
    TorchRuntime.start();
    Device device = of(name);
    if (!device.isGpu()) {
      return OptionalLong.empty();
    }
    MemoryUsage usage = CudaUtils.getGpuMemory(device);
    return OptionalLong.of(usage.getCommitted());
  }
}
