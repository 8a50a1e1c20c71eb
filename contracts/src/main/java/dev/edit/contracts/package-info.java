/**
 * The event records that travel on the Kafka topics: values only, validated where they are made.
 * How they become JSON is in {@link dev.edit.contracts.codec}.
 */
package dev.edit.contracts;
