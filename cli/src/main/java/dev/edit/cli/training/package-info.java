/** Runs from files: the data as the trainer reads it, and the trainer's worker as a process. */
package dev.edit.cli.training;
