/** What makes two chains of thought a dual: the same path, and another valid answer at its end. */
package dev.edit.generator.domain.dual;
