package dev.edit.families;

/**
 * A mistaken version of a step.
 *
 * @param kind what goes wrong
 * @param turn what is written instead, and where it leads
 */
record Slip<S>(MistakeKind kind, Turn<S> turn) {}
