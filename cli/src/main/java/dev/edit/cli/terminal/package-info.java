/**
 * What people see while they wait: progress with rates and ETA, on a terminal or as plain lines.
 */
package dev.edit.cli.terminal;
