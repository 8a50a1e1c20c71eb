/** What the aligner counts; it knows Micrometer and nothing of Kafka. */
package dev.edit.aligner.metrics;
