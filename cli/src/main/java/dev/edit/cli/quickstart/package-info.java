/** The whole stream on this machine: what is started, published, awaited and shown, in order. */
package dev.edit.cli.quickstart;
