/**
 * Hugging Face {@code tokenizer.json} files: token ids with character offsets and a fingerprint,
 * and the word-level file of the quickstart's own student.
 */
package dev.edit.tokenizer;
