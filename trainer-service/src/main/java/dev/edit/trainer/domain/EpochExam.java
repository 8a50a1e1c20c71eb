package dev.edit.trainer.domain;

import dev.edit.contracts.grading.Grade;
import dev.edit.contracts.recipe.KeepBestSpec;
import dev.edit.trainer.domain.RunState.BestEpoch;
import java.util.List;

/** How a student does on the held-out problems at the end of an epoch: greedy, exact match. */
final class EpochExam {
  private final TrainableStudent student;
  private final List<TrainingSet.Question> questions;
  private final KeepBestSpec spec;

  EpochExam(TrainableStudent student, List<TrainingSet.Question> questions, KeepBestSpec spec) {
    this.student = student;
    this.questions = List.copyOf(questions);
    this.spec = spec;
  }

  /** The result of an epoch. */
  BestEpoch hold(int epoch) {
    List<String> responses =
        student.respond(
            questions.stream().map(TrainingSet.Question::prompt).toList(), spec.maxNewTokens());
    int right = 0;
    for (int i = 0; i < responses.size(); i++) {
      right += Grade.of(responses.get(i), questions.get(i).answer()) == Grade.RIGHT ? 1 : 0;
    }
    return new BestEpoch(epoch, right, questions.size());
  }
}
