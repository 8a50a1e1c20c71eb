package dev.edit.families;

/**
 * One mistake.
 *
 * @param step the mistaken step, from 0
 * @param kind what goes wrong there
 */
public record Mistake(int step, MistakeKind kind) {}
