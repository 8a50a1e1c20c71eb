/**
 * Training objectives in plain Java: each one is only a choice of a weight for every token of a
 * batch, and for preferences of a reference for every pair.
 */
package dev.edit.student.objective;
