/** Prompt packs and templates: the files that say how a question is put; plain Java. */
package dev.edit.prompts;
