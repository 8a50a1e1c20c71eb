/** What this command puts on the topics and what it sees there: counts, records, accounting. */
package dev.edit.cli.pipeline;
