/** Checkpoints on disk, loaded and asked through libtorch. */
package dev.edit.evaluator.client;
