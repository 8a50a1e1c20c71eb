/** Evaluations in the shape of lm-evaluation-harness's files. */
package dev.edit.datasets.results;
