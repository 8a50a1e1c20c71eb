package dev.edit.families;

/**
 * What one step writes and where it leads.
 *
 * @param line the step as text, without the word that leads to it
 * @param state what is known after it
 */
record Turn<S>(String line, S state) {}
