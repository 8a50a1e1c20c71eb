package dev.edit.datasets;

import dev.edit.contracts.Problem;
import java.io.IOException;

/** Where imported problems go. */
@FunctionalInterface
public interface ProblemSink {
  void accept(Problem problem) throws IOException, InterruptedException;
}
