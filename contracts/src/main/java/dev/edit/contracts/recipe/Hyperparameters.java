package dev.edit.contracts.recipe;

import dev.edit.contracts.Require;

/**
 * All that a recipe leaves open.
 *
 * @param sft the SFT stage
 * @param krsl the KRSL stage; recipes without one spend its steps on SFT when {@code equalSteps}
 *     says so
 * @param keySteps the KRSL weights
 * @param maxLength longest prompt + response in tokens; longer ones are left out and counted, never
 *     cut
 * @param equalSteps whether recipes without KRSL spend the KRSL stage's steps on further SFT, with
 *     that stage's settings, so that every recipe takes the same number of gradient steps
 */
public record Hyperparameters(
    StageSpec sft, StageSpec krsl, KrslSpec keySteps, int maxLength, boolean equalSteps) {
  public Hyperparameters {
    Require.present("sft", sft);
    Require.present("krsl", krsl);
    Require.present("keySteps", keySteps);
    Require.atLeast("maxLength", maxLength, 8);
  }
}
