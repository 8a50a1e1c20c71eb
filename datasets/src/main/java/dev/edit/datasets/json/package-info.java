/** Streaming reads of JSON files that remember where each value stands. */
package dev.edit.datasets.json;
