/**
 * A Kafka broker inside this JVM with the pipeline's topics, and a reader of what a topic holds
 * now; not meant for clusters.
 */
package dev.edit.embeddedkafka;
