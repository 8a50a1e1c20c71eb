/** What a run trains on, in which order, at which rates, and when it starts; plain Java. */
package dev.edit.trainer.domain;
