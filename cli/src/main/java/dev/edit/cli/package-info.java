/** The {@code edit} command: its verbs, thin adapters around the packages below. */
package dev.edit.cli;
