package dev.edit.evaluator.domain;

/**
 * What a student is asked.
 *
 * @param prompt what it reads
 * @param seed of the draws, where draws decide; samples of one prompt have seeds of their own
 */
public record Question(String prompt, long seed) {}
