/**
 * Reads the final answer out of a chain of thought and grades it; generator, evaluator and command
 * line share it.
 */
package dev.edit.contracts.grading;
