package dev.edit.student;

import ai.djl.ndarray.types.Shape;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.lora.LoraTarget;
import java.util.ArrayList;
import java.util.List;

/** The numbers by which {@code decoder.py} finds its way through weights and adapter. */
final class ModelPlan {
  /** Joining small matrices saves calls; joining large ones costs memory for the copy. */
  private static final int WIDEST_JOINED = 1024;

  private static final String FIRST_LAYER = "model.layers.0.";

  private final StudentConfig config;
  private final List<String> names;
  private final LoraSettings adapter;
  private final ComputeOptions options;

  private ModelPlan(StudentConfig config, LoraSettings adapter, ComputeOptions options) {
    this.config = config;
    this.adapter = adapter;
    this.options = options;
    names = List.copyOf(config.parameterShapes().keySet());
  }

  /** The plan, laid out as the head of {@code decoder.py} says; no adapter if {@code null}. */
  static long[] of(StudentConfig config, LoraSettings adapter, ComputeOptions options) {
    return new ModelPlan(config, adapter, options).numbers();
  }

  /** Epsilon of the norms, scale and dropout of the adapter. */
  static double[] constants(StudentConfig config, LoraSettings adapter) {
    return new double[] {
      config.rmsNormEps(),
      adapter == null ? 0 : adapter.scale(),
      adapter == null ? 0 : adapter.dropout()
    };
  }

  private long[] numbers() {
    List<Integer> plan = new ArrayList<>();
    int first = names.indexOf(FIRST_LAYER + "input_layernorm.weight");
    int embedding = names.indexOf("model.embed_tokens.weight");
    int finalNorm = names.indexOf("model.norm.weight");
    long perLayer = names.stream().filter(name -> name.startsWith(FIRST_LAYER)).count();
    plan.add(config.layers());
    plan.add(config.heads());
    plan.add(config.kvHeads());
    plan.add(config.headDim());
    plan.add(config.attention().slidingWindow());
    plan.add(config.attention().firstWindowedLayer());
    plan.add(options.precision() == ComputeOptions.Precision.BFLOAT16 ? 1 : 0);
    plan.add(joined(LoraTarget.Q_PROJ, LoraTarget.K_PROJ, LoraTarget.V_PROJ));
    plan.add(joined(LoraTarget.GATE_PROJ, LoraTarget.UP_PROJ));
    plan.add(options.checkpointing() ? 1 : 0);
    plan.add((int) Math.min(Integer.MAX_VALUE, options.logitsAtATime()));
    plan.add(embedding);
    plan.add(finalNorm);
    plan.add(config.tieWordEmbeddings() ? embedding : names.indexOf("lm_head.weight"));
    plan.add(first);
    plan.add((int) perLayer);
    plan.add(adapter == null ? 0 : 2 * adapter.targets().size());
    plan.add(names.indexOf(FIRST_LAYER + "input_layernorm.weight") - first);
    plan.add(names.indexOf(FIRST_LAYER + "post_attention_layernorm.weight") - first);
    for (LoraTarget module : LoraTarget.values()) {
      plan.add(names.indexOf(module.weight(0)) - first);
    }
    for (LoraTarget module : LoraTarget.values()) {
      int bias = names.indexOf(FIRST_LAYER + module.path() + ".bias");
      plan.add(bias < 0 ? -1 : bias - first);
    }
    for (LoraTarget module : LoraTarget.values()) {
      int place = adapter == null ? -1 : adapter.targets().indexOf(module);
      plan.add(place < 0 ? -1 : 2 * place);
    }
    return plan.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Per layer the shapes of q, k, v in one and of gate, up in one; (1) where they stay apart. */
  static List<Shape> joinedShapes(
      StudentConfig config, LoraSettings adapter, ComputeOptions options) {
    ModelPlan plan = new ModelPlan(config, adapter, options);
    Shape none = new Shape(1);
    long heads = (config.heads() + 2L * config.kvHeads()) * config.headDim();
    boolean qkv = plan.joined(LoraTarget.Q_PROJ, LoraTarget.K_PROJ, LoraTarget.V_PROJ) == 1;
    boolean gateUp = plan.joined(LoraTarget.GATE_PROJ, LoraTarget.UP_PROJ) == 1;
    List<Shape> shapes = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      shapes.add(qkv ? new Shape(heads, config.hiddenSize()) : none);
      shapes.add(gateUp ? new Shape(2L * config.intermediateSize(), config.hiddenSize()) : none);
    }
    return shapes;
  }

  private int joined(LoraTarget... modules) {
    boolean adapted =
        adapter != null && List.of(modules).stream().anyMatch(adapter.targets()::contains);
    return !adapted && config.hiddenSize() <= WIDEST_JOINED ? 1 : 0;
  }
}
