/** The topics as the trainer sees them: bounded reads, runs in, events and checkpoints out. */
package dev.edit.trainer.messaging;
