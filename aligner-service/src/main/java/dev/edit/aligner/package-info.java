/** Aligner: dual chains of thought in, key-step records on the student's tokens out. */
package dev.edit.aligner;
