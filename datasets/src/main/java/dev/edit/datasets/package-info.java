/**
 * Data sets in and out: the files of published benchmarks become problems, records become the files
 * that other trainers read. It knows files only; Kafka is its callers' business.
 */
package dev.edit.datasets;
