package dev.edit.contracts;

import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.Recipe;
import java.util.List;

/**
 * An order to train a student.
 *
 * @param id names the run and its folder; the key of all its records
 * @param recipe which data and objectives
 * @param student the folder of the student to start from, in Hugging Face layout
 * @param hyperparameters steps, rates, weights
 * @param dataset which part of edit.key-steps it trains on
 * @param seed of the order of examples
 */
public record Run(
    String id,
    Recipe recipe,
    String student,
    Hyperparameters hyperparameters,
    DatasetSelector dataset,
    long seed)
    implements EventRecord {

  public Run {
    Require.name("id", id);
    Require.present("recipe", recipe);
    Require.text("student", student);
    Require.present("hyperparameters", hyperparameters);
    Require.present("dataset", dataset);
  }

  @Override
  public String key() {
    return id;
  }

  /**
   * A range of the log and what is taken from it.
   *
   * @param offsets the half-open offset range of each partition of edit.key-steps that is read
   * @param tasks tasks to take; empty takes all
   */
  public record DatasetSelector(List<PartitionRange> offsets, List<String> tasks) {
    public DatasetSelector {
      Require.present("offsets", offsets);
      Require.present("tasks", tasks);
      offsets = List.copyOf(offsets);
      tasks = List.copyOf(tasks);
    }
  }

  /** Offsets [from, to) of a partition. */
  public record PartitionRange(int partition, long from, long to) {
    public PartitionRange {
      Require.atLeast("partition", partition, 0);
      Require.atLeast("from", from, 0L);
      Require.atLeast("to", to, from);
    }
  }
}
