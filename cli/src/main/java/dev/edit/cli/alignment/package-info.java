/** Pairs from files, aligned by the kernel that the aligner service uses. */
package dev.edit.cli.alignment;
