package dev.edit.contracts.recipe;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;
import java.util.List;

/**
 * Low-rank adaptation, as in PEFT: {@code W x + alpha / rank * B A dropout(x)} with W kept.
 *
 * @param rank rows of A
 * @param alpha numerator of the scale
 * @param dropout the chance that an input of A is set to 0
 * @param targets names of the linear layers, such as {@code q_proj}
 */
public record LoraSpec(int rank, double alpha, double dropout, List<String> targets) {
  /** The paper's values. */
  public static final LoraSpec REFERENCE = new LoraSpec(64, 32, 0.05, List.of("q_proj", "v_proj"));

  /** The linear layers that can carry an adapter. */
  public static final List<String> LAYERS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  public LoraSpec {
    Require.atLeast("rank", rank, 1);
    Require.within("alpha", alpha, 0, 1e6);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new InvalidRecordException("dropout", dropout, "a number from 0 to below 1");
    }
    Require.present("targets", targets);
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new InvalidRecordException("targets", targets, "at least one layer, such as q_proj");
    }
    targets.forEach(target -> Require.name("targets", target));
  }
}
