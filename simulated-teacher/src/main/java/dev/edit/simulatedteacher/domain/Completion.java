package dev.edit.simulatedteacher.domain;

import dev.edit.simulatedteacher.domain.SimulatedAnswer.Outcome;

/**
 * One finished answer.
 *
 * @param text the text, after stops, bounds and faults
 * @param pieces its word pieces
 * @param truncated whether it met a bound on its length
 * @param label what it is, for metrics: an {@link Outcome}'s label, {@code truncated} or {@code
 *     garbage}
 */
public record Completion(String text, int pieces, boolean truncated, String label) {}
