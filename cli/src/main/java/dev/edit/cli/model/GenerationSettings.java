package dev.edit.cli.model;

import dev.edit.cli.CommandFailure;
import dev.edit.student.Sampling;

/**
 * How chains of thought are generated.
 *
 * @param samples chains of thought per problem
 * @param maxNewTokens most tokens of one
 * @param batchSize most chains of thought at a time
 * @param seed of the draws; the same file, settings and seed give the same chains of thought
 * @param stopAtAnswer whether one ends with the line of its final answer
 */
public record GenerationSettings(
    Sampling sampling,
    int samples,
    int maxNewTokens,
    int batchSize,
    long seed,
    boolean stopAtAnswer) {
  /** Checks the ranges; an error names the option. */
  public GenerationSettings {
    positive("--samples", samples);
    positive("--max-new-tokens", maxNewTokens);
    positive("--batch-size", batchSize);
    if (samples > 1 && !sampling.random()) {
      throw new CommandFailure(
          "--samples is %d, expected 1 where --temperature is 0: they would all be the same"
              .formatted(samples));
    }
  }

  private static void positive(String option, int value) {
    if (value < 1) {
      throw new CommandFailure(option + " is " + value + ", expected a positive integer");
    }
  }
}
