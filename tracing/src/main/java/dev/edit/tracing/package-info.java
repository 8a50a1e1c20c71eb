/** Spans for the records that Kafka clients send and receive; a record's key is its trace. */
package dev.edit.tracing;
