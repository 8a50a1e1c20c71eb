/** What a user sets, and the wiring of the parts. */
package dev.edit.aligner.config;
