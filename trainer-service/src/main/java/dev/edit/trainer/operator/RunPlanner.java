package dev.edit.trainer.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.RunCheck;
import java.util.List;
import java.util.function.Supplier;

/** Which record of edit.runs a DistillationRun asks for, given the one that is there. */
final class RunPlanner {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunPlanner() {}

  /** What is to be done. */
  sealed interface Plan {
    /** The run is to be put on the topic. */
    record Publish(Run run) implements Plan {}

    /** What is there is what is wanted. */
    record Nothing() implements Plan {}

    /** It cannot be had. */
    record Refuse(String reason, String message) implements Plan {}
  }

  /**
   * Compares what is wanted with what is there.
   *
   * @param there the record on edit.runs; null for none
   * @param whole all of edit.key-steps now; asked for only where a new run names no offsets
   */
  static Plan plan(DistillationRun wanted, Run there, Supplier<List<PartitionRange>> whole) {
    try {
      Run run = run(wanted, there, whole);
      if (there == null) {
        RunCheck.require(run);
        return new Plan.Publish(run);
      }
      if (!there.withOrder(null).equals(run.withOrder(null))) {
        return new Plan.Refuse(
            "Conflict", "edit.runs holds a run %s with other settings".formatted(run.id()));
      }
      // Somebody may have asked for a later attempt by other means; attempts do not go back.
      boolean same = there.epoch() == run.epoch() && there.wantsCancel() == run.wantsCancel();
      return same || there.epoch() > run.epoch() ? new Plan.Nothing() : new Plan.Publish(run);
    } catch (InvalidRecordException e) {
      return new Plan.Refuse("Invalid", e.getMessage());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return new Plan.Refuse("Invalid", "hyperparameters: " + e.getMessage());
    }
  }

  private static Run run(DistillationRun wanted, Run there, Supplier<List<PartitionRange>> whole)
      throws JsonProcessingException {
    DistillationRunSpec spec = wanted.getSpec();
    Recipe recipe = Recipe.named(spec.recipe());
    Hyperparameters settings =
        spec.preset() == null
            ? JSON.treeToValue(spec.hyperparameters(), Hyperparameters.class)
            : Presets.named(spec.preset(), recipe);
    int attempt = spec.attempt() == null ? Order.FIRST_EPOCH : spec.attempt();
    boolean cancelled = Boolean.TRUE.equals(spec.cancelled());
    boolean plain = attempt == Order.FIRST_EPOCH && !cancelled;
    return new Run(
        wanted.getMetadata().getName(),
        recipe,
        spec.student(),
        settings,
        dataset(spec.dataset(), there, whole),
        spec.seed() == null ? 0 : spec.seed(),
        plain ? null : new Order(attempt, cancelled ? Desired.CANCELLED : Desired.TRAINED));
  }

  /** Offsets that the resource leaves open were settled when the run was ordered. */
  private static Run.DatasetSelector dataset(
      DistillationRunSpec.Dataset wanted, Run there, Supplier<List<PartitionRange>> whole) {
    List<String> tasks = wanted == null || wanted.tasks() == null ? List.of() : wanted.tasks();
    if (wanted != null && wanted.offsets() != null) {
      return new Run.DatasetSelector(wanted.offsets(), tasks);
    }
    return new Run.DatasetSelector(there == null ? whole.get() : there.dataset().offsets(), tasks);
  }
}
