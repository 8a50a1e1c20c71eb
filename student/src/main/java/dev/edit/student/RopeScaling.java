package dev.edit.student;

/**
 * How rotary frequencies are stretched to reach beyond the positions of pre-training, as Hugging
 * Face's {@code rope_scaling} says it. A type that is not here is refused by name.
 */
public sealed interface RopeScaling {

  /** Frequencies as they are ({@code default}). */
  record Unscaled() implements RopeScaling {}

  /** Every frequency divided by {@code factor} ({@code linear}). */
  record Linear(double factor) implements RopeScaling {
    /** Checks the factor. */
    public Linear {
      atLeastOne("factor", factor);
    }
  }

  /**
   * NTK-aware: the base grows with the length of the row once that exceeds {@code
   * max_position_embeddings} ({@code dynamic}).
   */
  record Dynamic(double factor) implements RopeScaling {
    /** Checks the factor. */
    public Dynamic {
      atLeastOne("factor", factor);
    }
  }

  /**
   * Low frequencies divided by {@code factor}, high ones kept, those between interpolated ({@code
   * llama3}).
   *
   * @param lowFreqFactor wavelengths above originalPositions / lowFreqFactor are low frequencies
   * @param highFreqFactor wavelengths below originalPositions / highFreqFactor are high frequencies
   * @param originalPositions positions of pre-training
   */
  record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalPositions)
      implements RopeScaling {
    /** Checks the factors. */
    public Llama3 {
      atLeastOne("factor", factor);
      StudentConfig.check(
          lowFreqFactor > 0 && Double.isFinite(lowFreqFactor),
          "rope_scaling.low_freq_factor",
          lowFreqFactor,
          "a positive number");
      StudentConfig.check(
          highFreqFactor > lowFreqFactor && Double.isFinite(highFreqFactor),
          "rope_scaling.high_freq_factor",
          highFreqFactor,
          "more than low_freq_factor = " + lowFreqFactor);
      StudentConfig.check(
          originalPositions > 0,
          "rope_scaling.original_max_position_embeddings",
          originalPositions,
          "a positive integer");
    }
  }

  private static void atLeastOne(String field, double value) {
    StudentConfig.check(
        value >= 1 && Double.isFinite(value), "rope_scaling." + field, value, "a number from 1 on");
  }
}
