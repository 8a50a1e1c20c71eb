/** Checkpoints in, test problems in, evaluations out. */
package dev.edit.evaluator.messaging;
