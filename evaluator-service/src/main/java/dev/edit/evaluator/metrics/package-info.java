/** The evaluator's figures for Prometheus. */
package dev.edit.evaluator.metrics;
