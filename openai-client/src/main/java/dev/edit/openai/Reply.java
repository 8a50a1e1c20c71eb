package dev.edit.openai;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of a request. */
public sealed interface Reply {

  /**
   * The model answered.
   *
   * @param answers as many as were asked for, in the endpoint's order
   * @param promptTokens tokens read; 0 where the endpoint does not say
   * @param completionTokens tokens written; 0 where the endpoint does not say
   */
  record Answers(List<Answer> answers, long promptTokens, long completionTokens) implements Reply {
    public Answers {
      answers = List.copyOf(answers);
    }
  }

  /**
   * The endpoint could not be reached or had no time; it may work later.
   *
   * @param message without secrets
   * @param retryAfter how long it asks to wait
   */
  record Unavailable(String message, Optional<Duration> retryAfter) implements Reply {}

  /**
   * The endpoint refused the request; asking again changes nothing.
   *
   * @param status the HTTP status
   * @param message without secrets
   */
  record Refused(int status, String message) implements Reply {}

  /**
   * The endpoint sent something that is no reply of the API.
   *
   * @param message without secrets
   */
  record Malformed(String message) implements Reply {}

  /** A text and how it ended. */
  record Answer(String text, Finish finish) {}

  /** How a text ended. */
  enum Finish {
    /** By itself. */
    STOP,
    /** At the limit on its length: it is cut off. */
    LENGTH,
    /** By the endpoint's content filter. */
    FILTERED,
    /** The model said that it will not answer; the text is what it said. */
    REFUSED
  }
}
