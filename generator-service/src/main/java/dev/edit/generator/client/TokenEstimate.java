package dev.edit.generator.client;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import java.util.OptionalLong;

/**
 * Guesses tokens where they are not known: four characters each for a text at hand, and for a
 * completion to come the moving average of those that came. Thread-safe.
 */
final class TokenEstimate {
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final double FIRST_GUESS = 256;
  private static final double NEWEST = 0.1;

  private double completion = FIRST_GUESS;

  synchronized Estimate of(ChatRequest request) {
    long expected = Math.min(Math.round(completion), request.sampling().maxTokens());
    return new Estimate(prompt(request), expected);
  }

  /** Learns from an answer, and says what it took; guessed where the endpoint did not tell. */
  TeacherUsage learn(ChatRequest request, Reply reply) {
    TeacherUsage usage = known(request, reply);
    if (usage.completionTokens() > 0) {
      synchronized (this) {
        completion += NEWEST * (usage.completionTokens() - completion);
      }
    }
    return usage;
  }

  /** Tokens that a reply says it took; empty where an answer does not tell. */
  static OptionalLong taken(Reply reply) {
    if (reply instanceof Reply.Answered answered) {
      long total = answered.usage().promptTokens() + answered.usage().completionTokens();
      return total > 0 ? OptionalLong.of(total) : OptionalLong.empty();
    }
    return reply instanceof Reply.Unusable unusable
        ? OptionalLong.of(unusable.usage().promptTokens() + unusable.usage().completionTokens())
        : OptionalLong.of(0);
  }

  private static TeacherUsage known(ChatRequest request, Reply reply) {
    if (reply instanceof Reply.Answered answered) {
      TeacherUsage usage = answered.usage();
      return taken(reply).isPresent()
          ? usage
          : new TeacherUsage(usage.model(), prompt(request), tokens(answered.text()));
    }
    return reply instanceof Reply.Unusable unusable
        ? unusable.usage()
        : new TeacherUsage("none", 0, 0);
  }

  private static long prompt(ChatRequest request) {
    return request.messages().stream().mapToLong(message -> tokens(message.content())).sum();
  }

  private static long tokens(String text) {
    return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }
}
