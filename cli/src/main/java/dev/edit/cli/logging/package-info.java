/** Where the log of this process goes; what people are told goes through the terminal package. */
package dev.edit.cli.logging;
