/** One class for each published format: a file's entries as questions. */
package dev.edit.datasets.reader;
