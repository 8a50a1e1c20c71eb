package dev.edit.student.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls into {@code decoder.py}: one native call per forward pass, training step or a few tokens of
 * a batch of continuations. Holds the model's plan; weights, adapters and optimizer state are lists
 * of arrays made here. Not safe for use by several threads at a time.
 */
public final class DecoderScript implements AutoCloseable {

  /** A method of {@code decoder.py}. */
  public enum Method {
    LOGITS,
    NLL,
    STEP,
    ACCUMULATE,
    APPLY(false),
    MERGE,
    JOIN,
    ADMIT,
    EXTEND,
    KEEP(false),
    HALVE(false),
    WIDEN(false);

    private final boolean takesPlan;

    Method() {
      this(true);
    }

    Method(boolean takesPlan) {
      this.takesPlan = takesPlan;
    }
  }

  /** A list argument of the script, in the order in which the methods take lists. */
  public enum Role {
    WEIGHTS("p[]"),
    ADAPTER("a[]"),
    GRADIENTS("g[]"),
    FIRST_MOMENTS("m[]"),
    SECOND_MOMENTS("v[]"),
    KEYS("k[]"),
    VALUES("w[]"),
    JOINED("j[]");

    private final String argument;

    Role(String argument) {
      this.argument = argument;
    }
  }

  /**
   * The compiled script by device, kept as long as the process: it has no state, and reading and
   * compiling it takes libtorch longer than many a call.
   */
  private static final Map<String, PtSymbolBlock> COMPILED = new ConcurrentHashMap<>();

  private final NDManager base;
  private final NDManager host;
  private final PtSymbolBlock block;
  private final Map<Method, NDArray> markers = new EnumMap<>(Method.class);
  private List<NDArray> plan = List.of();

  /**
   * Loads the script unless it is loaded.
   *
   * @param device {@code cpu} or {@code cuda:N}
   * @throws IllegalArgumentException when libtorch sees no such device
   */
  public DecoderScript(String device) {
    TorchRuntime.start();
    host = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    base = NDManager.newBaseManager(TorchDevice.of(device), "PyTorch");
    block = COMPILED.computeIfAbsent(device, DecoderScript::compile);
    for (Method method : Method.values()) {
      NDArray marker = base.create(0f);
      marker.setName("module_method:" + method.name().toLowerCase(Locale.ROOT));
      markers.put(method, marker);
    }
  }

  private static PtSymbolBlock compile(String device) {
    NDManager manager = NDManager.newBaseManager(TorchDevice.of(device), "PyTorch");
    try {
      return JniUtils.loadModule(
          (PtNDManager) manager, new ByteArrayInputStream(ScriptArchive.decoder()), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException("decoder.py could not be handed to libtorch", e);
    }
  }

  /** Sets what {@code decoder.py} calls plan and constants. */
  public void plan(long[] numbers, double[] constants) {
    plan.forEach(NDArray::close);
    plan = List.of(host.create(numbers), host.create(constants));
  }

  /** A native copy of {@code values} that lives as long as this script. */
  public NDArray copy(float[] values, Shape shape) {
    // The first array borrows Java memory, which is neither aligned nor ours to write to.
    try (NDArray borrowed = base.create(values, shape)) {
      return borrowed.duplicate();
    }
  }

  /** A native copy of {@code values} as a member of a list argument. */
  public NDArray member(Role role, float[] values, Shape shape) {
    return named(role, copy(values, shape));
  }

  /** Arrays of zeros for one list argument. */
  public List<NDArray> zeros(Role role, List<Shape> shapes) {
    return shapes.stream().map(shape -> named(role, base.zeros(shape))).toList();
  }

  /** A copy of {@code array} in bfloat16 that lives as long as this script. */
  public NDArray halved(NDArray array) {
    NDArray halved = call(Method.HALVE, List.of(), List.of(List.of(array)), List.of());
    halved.setName(array.getName());
    return halved;
  }

  /** The values of an array in float32 or bfloat16. */
  public float[] values(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return array.toFloatArray();
    }
    try (NDArray wide = call(Method.WIDEN, List.of(), List.of(List.of(array)), List.of())) {
      return wide.toFloatArray();
    }
  }

  private static NDArray named(Role role, NDArray array) {
    array.setName(role.argument);
    return array;
  }

  /** A manager for the inputs and results of one call, on the model's device. */
  public NDManager scope() {
    return base.newSubManager();
  }

  /** An array that the script reads number by number, in {@code scope} but in the host's memory. */
  public NDArray host(NDManager scope, double... values) {
    NDArray array = host.create(values);
    array.attach(scope);
    return array;
  }

  /** An array that the script reads number by number, in {@code scope} but in the host's memory. */
  public NDArray host(NDManager scope, long... values) {
    NDArray array = host.create(values);
    array.attach(scope);
    return array;
  }

  /**
   * Calls {@code method}. {@code inputs} come first, then {@code lists} in the order of {@link
   * Role}, then {@code tables}, the cosines and sines of positions, and the plan; methods that do
   * not run the model take neither. The result belongs to the manager of the first argument.
   */
  public NDArray call(
      Method method, List<NDArray> inputs, List<List<NDArray>> lists, List<NDArray> tables) {
    NDList arguments = new NDList(inputs.size() + 5 + lists.size() * lists.get(0).size());
    arguments.addAll(inputs);
    lists.forEach(arguments::addAll);
    if (method.takesPlan) {
      arguments.addAll(tables);
      arguments.addAll(plan);
    }
    arguments.add(markers.get(method));
    JniUtils.setGraphExecutorOptimize(false); // Per thread: shapes change with every batch.
    return IValueUtils.forward(block, arguments, true).singletonOrThrow();
  }

  @Override
  public void close() {
    base.close();
    host.close();
  }
}
