/** Files that verbs write. */
package dev.edit.cli.files;
