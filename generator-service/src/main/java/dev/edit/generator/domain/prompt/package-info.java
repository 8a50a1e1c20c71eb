/** The CEP, AHP and CCP prompts, made of prompt packs. */
package dev.edit.generator.domain.prompt;
