/** Batches of dual chains of thought through Kafka, each in one transaction. */
package dev.edit.aligner.messaging;
