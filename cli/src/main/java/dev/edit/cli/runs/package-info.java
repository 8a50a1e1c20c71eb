/** Runs as their topics tell of them: what was asked for, where they stand, what came of them. */
package dev.edit.cli.runs;
