/** The data stages measured as a whole, from a published problem to its key-step record. */
package dev.edit.cli.bench.pipeline;
