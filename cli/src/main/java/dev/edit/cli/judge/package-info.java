/** How well chains of thought show the key steps, as a language model judges them. */
package dev.edit.cli.judge;
