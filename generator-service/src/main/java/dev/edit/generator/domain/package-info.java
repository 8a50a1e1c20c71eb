/** What the generator decides, in plain Java: prompts, stages and what a teacher is. */
package dev.edit.generator.domain;
