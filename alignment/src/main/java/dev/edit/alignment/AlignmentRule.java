package dev.edit.alignment;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How ties between equally short alignments are broken, and what is aligned: the choice changes the
 * masks, so it has a name and is never made silently.
 */
public enum AlignmentRule {

  /**
   * The default. The common prefix is stripped; then each side is turned into the other, walking
   * back from the end and preferring delete to insert to the diagonal; what a side deletes or
   * replaces is key there.
   */
  REFERENCE("reference") {
    @Override
    public KeyStepAligner newAligner() {
      return new ReferenceAligner();
    }
  },

  /**
   * {@link #REFERENCE} after both sequences were padded with token 0 to 1,024 tokens, as in the
   * authors' released scripts; longer sequences are refused.
   */
  REFERENCE_PADDED("reference-padded") {
    @Override
    public KeyStepAligner newAligner() {
      return new PaddedAligner(REFERENCE.newAligner());
    }
  },

  /**
   * {@link #REFERENCE}, of each key span only the first token: the decision without what follows
   * from it. Distance and similarity are the reference's.
   */
  FIRST_DIVERGENCE("first-divergence") {
    @Override
    public KeyStepAligner newAligner() {
      return new FirstDivergenceAligner(REFERENCE.newAligner());
    }
  };

  private final String ruleName;

  AlignmentRule(String ruleName) {
    this.ruleName = ruleName;
  }

  /** The name users give: {@code reference}, {@code reference-padded}, {@code first-divergence}. */
  public String ruleName() {
    return ruleName;
  }

  /** A fresh aligner with work tables of its own, for one thread at a time. */
  public abstract KeyStepAligner newAligner();

  /**
   * The rule of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static AlignmentRule named(String name) {
    for (AlignmentRule rule : values()) {
      if (rule.ruleName.equals(name)) {
        return rule;
      }
    }
    String names =
        Arrays.stream(values()).map(AlignmentRule::ruleName).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("rule: expected one of " + names + ", got " + name);
  }
}
