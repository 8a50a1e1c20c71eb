package dev.edit.trainer.domain;

/**
 * What one optimizer step showed.
 *
 * @param loss the objective's value on the batch, before the step
 * @param gradientNorm global norm before clipping
 * @param tokens real tokens (no padding) through the model
 * @param rightKeyNll mean NLL (nats) of right key tokens; null where the objective has none
 * @param wrongKeyNll mean NLL (nats) of wrong key tokens; null where the objective has none
 */
public record StepFigures(
    double loss, double gradientNorm, long tokens, Double rightKeyNll, Double wrongKeyNll) {}
