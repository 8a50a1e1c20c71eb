/**
 * What the console knows: read models built from the topics alone, each with a bound, so that a
 * restart loses nothing and a million records fit.
 */
package dev.edit.evaluator.domain.console;
