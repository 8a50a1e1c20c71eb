/** What a quickstart found, as a table, as JSON and as one self-contained HTML page. */
package dev.edit.cli.report;
