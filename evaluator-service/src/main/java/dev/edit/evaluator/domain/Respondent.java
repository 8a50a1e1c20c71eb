package dev.edit.evaluator.domain;

import java.util.List;

/** A student that answers; used by one thread. */
public interface Respondent extends AutoCloseable {

  /**
   * The student's responses, in the order of the questions: a function of question and decoding,
   * whatever else is asked with it. A prompt that leaves the student no room for a response gets
   * the empty one, cut by length.
   */
  List<Response> respond(List<Question> questions, Decoding decoding);

  @Override
  void close();
}
