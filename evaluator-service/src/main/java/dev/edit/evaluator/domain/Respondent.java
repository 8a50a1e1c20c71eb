package dev.edit.evaluator.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A student that answers; used by one thread. */
public interface Respondent extends AutoCloseable {

  /**
   * The student's responses, in the order of the questions: a function of question and decoding,
   * whatever else is asked with it. A prompt that leaves the student no room for a response gets
   * the empty one, cut by length.
   */
  List<Response> respond(List<Question> questions, Decoding decoding);

  /**
   * What evaluations tell of it beside the way of decoding; empty for a student in this process.
   */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** Scores tokens, where the student can be asked for that. */
  default Optional<TokenScorer> scorer() {
    return Optional.empty();
  }

  @Override
  void close();
}
