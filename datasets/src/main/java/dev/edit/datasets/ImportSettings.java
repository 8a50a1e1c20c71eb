package dev.edit.datasets;

import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Require;

/**
 * What users decide about an import. Null leaves a decision to the format or to the entry.
 *
 * @param split which questions are trained on
 * @param seed of the lots that {@link SplitRule.Ratio} and the order of choices are drawn by
 * @param domain the domain of all problems
 * @param source the source of all problems; test problems of one source are one benchmark
 * @param trainOnTest whether a published test split may be trained on
 */
public record ImportSettings(
    SplitRule split, long seed, Domain domain, String source, boolean trainOnTest) {

  /** Every decision left to the format. */
  public static final ImportSettings DEFAULT = new ImportSettings(null, 0, null, null, false);

  public ImportSettings {
    if (source != null) {
      Require.name("source", source);
    }
  }

  /** The rule in force: BIG-Bench Hard has no published split, the method divides it 4:1. */
  SplitRule splitOf(Format format) {
    if (split != null) {
      return split;
    }
    return format == Format.BBH ? new SplitRule.Ratio(4, 1) : new SplitRule.Published();
  }
}
