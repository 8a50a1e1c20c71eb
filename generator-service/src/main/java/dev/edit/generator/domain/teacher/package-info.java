/** What a teacher is: a chat model that is asked and replies, whatever stands behind it. */
package dev.edit.generator.domain.teacher;
