/** The dispatcher's settings and the wiring of its beans. */
package dev.edit.trainer.config;
