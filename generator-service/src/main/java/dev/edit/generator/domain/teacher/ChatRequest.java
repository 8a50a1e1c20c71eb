package dev.edit.generator.domain.teacher;

import dev.edit.contracts.Require;
import java.util.List;

/**
 * What a teacher is asked.
 *
 * @param messages the turns, oldest first
 * @param sampling how to draw the reply
 * @param attempt 1 for the first try; not sent, but it tells a cache that another sample is wanted
 */
public record ChatRequest(List<ChatMessage> messages, Sampling sampling, int attempt) {
  public ChatRequest {
    messages = List.copyOf(messages);
    Require.present("sampling", sampling);
    Require.atLeast("attempt", attempt, 1);
  }
}
