package dev.edit.evaluator.domain;

import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.Grade;
import java.util.List;
import java.util.Optional;

/**
 * A problem and what a student made of it.
 *
 * @param problem the problem
 * @param prompt what the student read
 * @param responses what it wrote: one, or the samples of a vote
 * @param answer the final answer of the response or of the vote; empty where there is none
 * @param grade by exact match of the answer
 */
public record Answered(
    Problem problem,
    String prompt,
    List<Response> responses,
    Optional<String> answer,
    Grade grade) {

  public Answered {
    responses = List.copyOf(responses);
  }

  /** What came of a student's responses, at least one. */
  public static Answered of(Problem problem, String prompt, List<Response> responses) {
    Optional<String> answer = MajorityVote.of(responses);
    return new Answered(
        problem, prompt, responses, answer, Grade.ofAnswer(answer, problem.answer()));
  }

  /** Whether any of the responses was cut. */
  public boolean truncated() {
    return responses.stream().anyMatch(Response::truncated);
  }
}
