/** A student that is run over files: the log-probability of every token, and chains of thought. */
package dev.edit.cli.model;
