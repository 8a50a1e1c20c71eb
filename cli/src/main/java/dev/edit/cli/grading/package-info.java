/** Grades files of chains of thought with the rule of {@link dev.edit.contracts.grading}. */
package dev.edit.cli.grading;
