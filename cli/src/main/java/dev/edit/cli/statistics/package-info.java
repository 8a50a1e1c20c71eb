/** The statistics of the comparison table: paired tests and spreads; plain arithmetic. */
package dev.edit.cli.statistics;
