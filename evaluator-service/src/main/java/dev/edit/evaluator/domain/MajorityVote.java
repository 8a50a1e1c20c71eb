package dev.edit.evaluator.domain;

import dev.edit.contracts.grading.AnswerExtraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer that most responses give (self-consistency). Every response with an answer has one
 * vote for it, as extracted; of answers with equally many votes the one that was given first wins.
 * A response without an answer does not vote. The vote of one response is its answer.
 */
final class MajorityVote {
  private MajorityVote() {}

  /** The winner; empty where no response has an answer. Linear in the responses' length. */
  static Optional<String> of(List<Response> responses) {
    Map<String, Integer> votes = new LinkedHashMap<>();
    for (Response response : responses) {
      AnswerExtraction.extract(response.text())
          .ifPresent(answer -> votes.merge(answer, 1, Integer::sum));
    }
    Map.Entry<String, Integer> most = null;
    for (Map.Entry<String, Integer> entry : votes.entrySet()) {
      if (most == null || entry.getValue() > most.getValue()) {
        most = entry;
      }
    }
    return Optional.ofNullable(most).map(Map.Entry::getKey);
  }
}
