/** The dispatcher's figures for Prometheus. */
package dev.edit.trainer.metrics;
