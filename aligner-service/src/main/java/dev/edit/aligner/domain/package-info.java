/** What makes a dual chain of thought a key-step record, or why it is none; plain Java. */
package dev.edit.aligner.domain;
