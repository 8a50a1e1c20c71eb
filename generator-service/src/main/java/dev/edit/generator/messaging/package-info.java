/** The stages on Kafka: batches in, one transaction for each out. */
package dev.edit.generator.messaging;
