package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.MistakePattern;
import java.util.Objects;
import java.util.Optional;

/** What a stage makes of one record; every record gets exactly one. */
public sealed interface Outcome {

  /** Not this stage's business, such as a test problem. */
  record Skipped() implements Outcome {}

  /** The teacher reasoned, right or wrong. */
  record Annotated(Cot cot) implements Outcome {
    public Annotated {
      Objects.requireNonNull(cot, "cot");
    }
  }

  /**
   * A pair, or a right chain of thought alone.
   *
   * @param dual what to publish
   * @param alone why there is no wrong side; empty for a pair
   */
  record Paired(DualCot dual, Optional<Reason> alone) implements Outcome {
    public Paired {
      Objects.requireNonNull(dual, "dual");
      Objects.requireNonNull(alone, "alone");
    }

    /** The same pair, with what is wrong with its wrong side. */
    Paired with(MistakePattern mistake) {
      return new Paired(
          new DualCot(dual.problem(), dual.right(), dual.wrong(), dual.origin(), mistake), alone);
    }
  }

  /**
   * Nothing; the record becomes a dead letter.
   *
   * @param problemId the problem
   * @param attempts tries before giving up
   */
  record GivenUp(String problemId, Reason reason, String message, int attempts) implements Outcome {
    public GivenUp {
      Objects.requireNonNull(problemId, "problemId");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(message, "message");
    }
  }
}
