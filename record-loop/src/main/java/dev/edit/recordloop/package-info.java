/**
 * One record of a topic at a time, its outputs and its offset in one Kafka transaction: the loop of
 * the services whose records take long. Plain Kafka clients, no framework.
 */
package dev.edit.recordloop;
