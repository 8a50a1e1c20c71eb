package dev.edit.student;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The families of Hugging Face models that share the student's architecture. */
public enum ModelFamily {
  /** LLaMA 2 and 3, TinyLlama and whatever else calls itself {@code llama}. */
  LLAMA("llama", "LlamaForCausalLM"),
  /** Mistral: attention over a sliding window in every layer. */
  MISTRAL("mistral", "MistralForCausalLM"),
  /** Qwen2 and Qwen2.5: biases on query, key and value, a sliding window in the upper layers. */
  QWEN2("qwen2", "Qwen2ForCausalLM");

  private final String modelType;
  private final String architecture;

  ModelFamily(String modelType, String architecture) {
    this.modelType = modelType;
    this.architecture = architecture;
  }

  /** The value of {@code model_type} in {@code config.json}. */
  public String modelType() {
    return modelType;
  }

  /** The name in {@code architectures} of {@code config.json}. */
  public String architecture() {
    return architecture;
  }

  static Optional<ModelFamily> of(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  static String supported() {
    return Arrays.stream(values()).map(ModelFamily::modelType).collect(Collectors.joining(", "));
  }
}
