/** What may be said of students' accuracies: paired tests, intervals, spreads; plain arithmetic. */
package dev.edit.statistics;
