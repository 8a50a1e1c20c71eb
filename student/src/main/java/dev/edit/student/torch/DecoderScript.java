package dev.edit.student.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Calls into {@code decoder.py}: one native call per forward pass, training step or batch of
 * continuations. Holds the rotary tables and the model's dimensions; weights and optimizer state
 * are lists of arrays made here. Not safe for use by several threads at a time.
 */
public final class DecoderScript implements AutoCloseable {

  /** A method of {@code decoder.py}. */
  public enum Method {
    LOGITS,
    NLL,
    STEP,
    ACCUMULATE,
    APPLY,
    DECODE
  }

  /** A list argument of the script, in the order in which the methods take lists. */
  public enum Role {
    WEIGHTS("p[]"),
    GRADIENTS("g[]"),
    FIRST_MOMENTS("m[]"),
    SECOND_MOMENTS("v[]");

    private final String argument;

    Role(String argument) {
      this.argument = argument;
    }
  }

  private final NDManager base;
  private final PtSymbolBlock block;
  private final Map<Method, NDArray> markers = new EnumMap<>(Method.class);
  private final List<NDArray> model;

  /**
   * @param dims layers, query heads, key/value heads, head size, 1 if the output head is tied
   * @param rmsNormEps epsilon of the norms
   * @param ropeTheta base of the rotary frequencies
   * @param positions length of the rotary tables
   */
  public DecoderScript(long[] dims, double rmsNormEps, double ropeTheta, int positions) {
    TorchRuntime.start();
    base = NDManager.newBaseManager("PyTorch");
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) base, new ByteArrayInputStream(ScriptArchive.decoder()), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException("decoder.py could not be handed to libtorch", e);
    }
    int size = Math.toIntExact(dims[3]);
    model =
        List.of(
            copy(RotaryTable.cosines(positions, size, ropeTheta), new Shape(positions, size)),
            copy(RotaryTable.sines(positions, size, ropeTheta), new Shape(positions, size)),
            base.create(dims),
            base.create(new double[] {rmsNormEps}));
    for (Method method : Method.values()) {
      NDArray marker = base.create(0f);
      marker.setName("module_method:" + method.name().toLowerCase(java.util.Locale.ROOT));
      markers.put(method, marker);
    }
  }

  /** A native copy of {@code values} that lives as long as this script. */
  private NDArray copy(float[] values, Shape shape) {
    // The first array borrows Java memory, which is neither aligned nor ours to write to.
    try (NDArray borrowed = base.create(values, shape)) {
      return borrowed.duplicate();
    }
  }

  /** Arrays for one list argument, each a native copy. */
  public List<NDArray> list(Role role, List<float[]> values, List<Shape> shapes) {
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      NDArray array = copy(values.get(i), shapes.get(i));
      array.setName(role.argument);
      arrays.add(array);
    }
    return arrays;
  }

  /** Arrays of zeros for one list argument. */
  public List<NDArray> zeros(Role role, List<Shape> shapes) {
    List<NDArray> arrays = new ArrayList<>();
    for (Shape shape : shapes) {
      NDArray array = base.zeros(shape);
      array.setName(role.argument);
      arrays.add(array);
    }
    return arrays;
  }

  /** A manager for the inputs and results of one call. */
  public NDManager scope() {
    return base.newSubManager();
  }

  /**
   * Calls {@code method}. {@code inputs} come first, then {@code lists} in the order of {@link
   * Role}, then, unless the method is {@link Method#APPLY}, the rotary tables and dimensions. The
   * result belongs to the manager of the first input.
   */
  public NDArray call(Method method, List<NDArray> inputs, List<List<NDArray>> lists) {
    NDList arguments = new NDList(inputs.size() + 5 + lists.size() * lists.get(0).size());
    arguments.addAll(inputs);
    lists.forEach(arguments::addAll);
    if (method != Method.APPLY) {
      arguments.addAll(model);
    }
    arguments.add(markers.get(method));
    JniUtils.setGraphExecutorOptimize(false); // Per thread: shapes change with every batch.
    return IValueUtils.forward(block, arguments, true).singletonOrThrow();
  }

  @Override
  public void close() {
    block.close();
    base.close();
  }
}
