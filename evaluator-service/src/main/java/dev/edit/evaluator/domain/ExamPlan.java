package dev.edit.evaluator.domain;

import dev.edit.evaluator.domain.prompt.PromptFiles;
import java.util.List;
import java.util.Map;

/**
 * How every checkpoint is examined.
 *
 * @param prompts how problems are put
 * @param attempts the ways in which every benchmark is asked
 * @param settings are told in every evaluation
 */
public record ExamPlan(PromptFiles prompts, List<Attempts> attempts, Map<String, String> settings) {
  public ExamPlan {
    attempts = List.copyOf(attempts);
    settings = Map.copyOf(settings);
  }
}
