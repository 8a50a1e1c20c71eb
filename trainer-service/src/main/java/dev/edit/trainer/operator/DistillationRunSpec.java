package dev.edit.trainer.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.contracts.Run.PartitionRange;
import java.util.List;

/**
 * What is wanted. The API server has checked it against the resource's schema.
 *
 * @param recipe the recipe's name
 * @param student the folder of the student to start from
 * @param seed of all that is drawn; null is 0
 * @param preset a name for hyperparameters; null where they are given
 * @param hyperparameters as in the record of edit.runs; null where a preset is named
 * @param dataset which part of edit.key-steps; null is all of it
 * @param cancelled whether the run is to end; null is no
 * @param attempt which try at it; null is the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DistillationRunSpec(
    String recipe,
    String student,
    Long seed,
    String preset,
    JsonNode hyperparameters,
    Dataset dataset,
    Boolean cancelled,
    Integer attempt) {

  /**
   * Which part of the log.
   *
   * @param tasks to take; null or empty takes all
   * @param offsets ranges of edit.key-steps; null is all that is there when the run is ordered
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Dataset(List<String> tasks, List<PartitionRange> offsets) {}
}
