/**
 * Training objectives in plain Java: each one is only a choice of a weight for every token of a
 * batch.
 */
package dev.edit.student.objective;
