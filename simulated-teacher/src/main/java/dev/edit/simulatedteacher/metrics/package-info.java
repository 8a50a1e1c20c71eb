/** The metrics of the simulated teacher. */
package dev.edit.simulatedteacher.metrics;
