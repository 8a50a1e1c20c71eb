/**
 * Prompt packs (a task's description and examples) and the CEP, AHP and CCP prompts made of them.
 */
package dev.edit.generator.domain.prompt;
