/** How workers are started outside of the dispatcher's own process. */
package dev.edit.trainer.client;
