/** The evaluator's settings and the wiring of its beans. */
package dev.edit.evaluator.config;
