package dev.edit.student.lora;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an adapter adds to each of its targets: the module's output for input x becomes
 *
 * <pre>W x + b + (alpha / rank) * B A dropout(x)        A [rank, inputs], B [outputs, rank]</pre>
 *
 * @param rank R, width of the detour
 * @param alpha the addition is scaled by alpha / rank
 * @param dropout share of the detour's inputs that training sets to zero, in [0, 1)
 * @param targets the adapted modules of every layer, in {@link LoraTarget}'s order
 */
public record LoraSettings(int rank, double alpha, double dropout, List<LoraTarget> targets) {

  /** The paper's: rank 64, alpha 32, dropout 0.05 on queries and values. */
  public static final LoraSettings PAPER =
      new LoraSettings(64, 32, 0.05, List.of(LoraTarget.Q_PROJ, LoraTarget.V_PROJ));

  /** Checks the ranges and puts targets in order, each once; an error names the field. */
  public LoraSettings {
    check(rank > 0, "r", rank, "a positive integer");
    check(alpha > 0 && Double.isFinite(alpha), "lora_alpha", alpha, "a positive number");
    check(dropout >= 0 && dropout < 1, "lora_dropout", dropout, "a number in [0, 1)");
    SortedSet<LoraTarget> ordered = new TreeSet<>(targets);
    check(!ordered.isEmpty(), "target_modules", targets, "at least one module");
    targets = List.copyOf(ordered);
  }

  /** Settings whose targets have peft's names. */
  public static LoraSettings of(
      int rank, double alpha, double dropout, Collection<String> targetModules) {
    return new LoraSettings(
        rank, alpha, dropout, new ArrayList<>(targetModules).stream().map(LoraTarget::of).toList());
  }

  /** alpha / rank. */
  public double scale() {
    return alpha / rank;
  }

  private static void check(boolean holds, String field, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "lora: %s is %s, expected %s".formatted(field, value, expected));
    }
  }
}
