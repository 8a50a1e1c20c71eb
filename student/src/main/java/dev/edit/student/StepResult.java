package dev.edit.student;

/**
 * What one optimizer step saw, all of it before the update.
 *
 * @param loss the weighted sum of {@link TokenBatch}
 * @param gradientNorm global norm before clipping
 * @param tokens tokens that went through the model, without padding
 * @param positiveTokens tokens with a positive weight
 * @param positiveNll their mean negative log-likelihood in nats; NaN if there are none
 * @param negativeTokens tokens with a negative weight, those beyond the ceiling included
 * @param negativeNll their mean negative log-likelihood in nats; NaN if there are none
 */
public record StepResult(
    double loss,
    double gradientNorm,
    long tokens,
    long positiveTokens,
    double positiveNll,
    long negativeTokens,
    double negativeNll) {}
