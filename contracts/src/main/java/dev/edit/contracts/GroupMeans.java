package dev.edit.contracts;

import dev.edit.contracts.Evaluation.Score;
import java.util.Collection;

/**
 * The means of accuracies, each by its name. Console, report and result files take them from here,
 * so that one name never means two figures.
 */
public final class GroupMeans {
  /** Each problem of a benchmark counts once. */
  public static final String MICRO = "micro";

  /** Each task of a benchmark counts once, however many problems it has. */
  public static final String MACRO = "macro";

  /** Each benchmark counts once, however many tasks and problems it has. */
  public static final String AVERAGE = "average";

  private GroupMeans() {}

  /** The {@value #MICRO} average of a benchmark: what {@link Evaluation#overall} holds. */
  public static double micro(Evaluation evaluation) {
    return evaluation.overall().accuracy();
  }

  /** The {@value #MACRO} average of a benchmark; 0 without tasks. */
  public static double macro(Evaluation evaluation) {
    return evaluation.tasks().values().stream().mapToDouble(Score::accuracy).average().orElse(0);
  }

  /**
   * The {@value #AVERAGE} of a run over its benchmarks, of their micro averages; 0 without any. The
   * paper's tables have it as their last column.
   */
  public static double average(Collection<Evaluation> ofOneRun) {
    return ofOneRun.stream().mapToDouble(GroupMeans::micro).average().orElse(0);
  }
}
