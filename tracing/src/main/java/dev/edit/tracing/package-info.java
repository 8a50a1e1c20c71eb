/** Spans and log fields of the records that Kafka clients send and receive; a key is a trace. */
package dev.edit.tracing;
