package dev.edit.evaluator.domain;

import java.util.List;

/** A student that answers; used by one thread. */
public interface Respondent extends AutoCloseable {

  /**
   * The student's greedy responses, in the order of the prompts. A prompt that leaves the student
   * no room for a response gets the empty one.
   */
  List<String> respond(List<String> prompts);

  @Override
  void close();
}
