package dev.edit.student.objective;

import dev.edit.student.Scorer;
import dev.edit.student.Student;
import java.util.List;

/**
 * Log-probabilities of whole responses, as a reference for preferences.
 *
 * <p>The reference of a training is the student as that training begins. Where its start is the
 * bare weights and an adapter is trained, {@link #withoutAdapter} gives the same at any time; in
 * all other cases call {@link #of} once before the first step and keep the numbers.
 */
public final class ReferenceScores {
  private ReferenceScores() {}

  /** The sum of log p over every example's response, under the student as it is now. */
  public static double[] of(Student student, List<Example> examples) {
    double[][] scores =
        Scorer.logProbabilities(student, examples.stream().map(Example::tokens).toList());
    double[] sums = new double[scores.length];
    for (int i = 0; i < sums.length; i++) {
      for (int t = examples.get(i).prompt().length; t < scores[i].length; t++) {
        sums[i] += scores[i][t];
      }
    }
    return sums;
  }

  /** The same under the student's weights alone. */
  public static double[] withoutAdapter(Student student, List<Example> examples) {
    return student.withoutAdapter(() -> of(student, examples));
  }
}
