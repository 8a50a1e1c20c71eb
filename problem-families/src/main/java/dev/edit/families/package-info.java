/**
 * Procedurally generated reasoning problems with a solver that writes every step, and single
 * mistakes whose consequences it follows; no benchmark's own questions are in it.
 */
package dev.edit.families;
