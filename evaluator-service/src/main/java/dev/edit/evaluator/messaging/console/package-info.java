/** The console's ways to Kafka: the feed, single records, lag, and the replay of dead letters. */
package dev.edit.evaluator.messaging.console;
