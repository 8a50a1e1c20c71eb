package dev.edit.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param seed of the order of examples and of all that is drawn
 * @param order which attempt at the run is wanted, or that it is to end; null is the first attempt
 */
public record Run(
    String id,
    Recipe recipe,
    String student,
    Hyperparameters hyperparameters,
    DatasetSelector dataset,
    long seed,
    Order order)
    implements EventRecord {

  public Run {
    Require.name("id", id);
    Require.present("recipe", recipe);
    Require.text("student", student);
    Require.present("hyperparameters", hyperparameters);
    Require.present("dataset", dataset);
  }

  /** The first attempt at a run. */
  public Run(
      String id,
      Recipe recipe,
      String student,
      Hyperparameters hyperparameters,
      DatasetSelector dataset,
      long seed) {
    this(id, recipe, student, hyperparameters, dataset, seed, null);
  }

  /** The same run with another order. */
  public Run withOrder(Order newOrder) {
    return new Run(id, recipe, student, hyperparameters, dataset, seed, newOrder);
  }

  /** Which attempt at the run this is; the first is {@link Order#FIRST_EPOCH}. */
  public int epoch() {
    return order == null ? Order.FIRST_EPOCH : order.epoch();
  }

  /** Whether the run is to end instead of to be trained. */
  public boolean wantsCancel() {
    return order != null && order.desired() == Desired.CANCELLED;
  }

  @Override
  public String key() {
    return id;
  }

  /**
   * What its owner wants of a run. edit.runs keeps the newest order of each run, so an order is a
   * wish that holds until the next one and not a command that can be missed.
   *
   * @param epoch the attempt, counted from 1; a higher one than before asks for a retry and shuts
   *     out the workers of all lower ones
   * @param desired what this attempt should come to
   */
  public record Order(int epoch, Desired desired) {
    public static final int FIRST_EPOCH = 1;

    public Order {
      Require.atLeast("epoch", epoch, FIRST_EPOCH);
      Require.present("desired", desired);
    }
  }

  /** What an attempt should come to. */
  public enum Desired {
    TRAINED,
    CANCELLED
  }

  /**
   * A range of the log and what is taken from it.
   *
   * @param offsets the half-open offset range of each partition of edit.key-steps that is read
   * @param tasks tasks to take; empty takes all
   * @param duals which pairs count as pairs; null takes all. A record whose pair is not taken still
   *     gives its right side to stages that read right sides
   * @param maxRecords most records, drawn by the run's seed; null takes all
   * @param heldOutDuals share of the problems, in [0, 1), of which nothing is read, so that the
   *     evaluator can look at their pairs ({@link HeldOut}); null holds out none
   */
  public record DatasetSelector(
      List<PartitionRange> offsets,
      List<String> tasks,
      DualFilter duals,
      Integer maxRecords,
      Double heldOutDuals) {
    public DatasetSelector {
      Require.present("offsets", offsets);
      Require.present("tasks", tasks);
      offsets = List.copyOf(offsets);
      tasks = List.copyOf(tasks);
      if (maxRecords != null) {
        Require.atLeast("maxRecords", maxRecords, 1);
      }
      if (heldOutDuals != null) {
        Require.within("heldOutDuals", heldOutDuals, 0, Math.nextDown(1.0));
      }
    }

    /** A selection that holds out nothing. */
    public DatasetSelector(
        List<PartitionRange> offsets, List<String> tasks, DualFilter duals, Integer maxRecords) {
      this(offsets, tasks, duals, maxRecords, null);
    }

    /** All pairs and records of the tasks. */
    public DatasetSelector(List<PartitionRange> offsets, List<String> tasks) {
      this(offsets, tasks, null, null);
    }

    /** Whether a problem is held out: no stage reads anything of it. */
    public boolean holdsOut(String problem) {
      return heldOutDuals != null && HeldOut.holds(heldOutDuals, problem);
    }
  }

  /**
   * Which pairs of a right and a wrong chain of thought are taken.
   *
   * @param origins D_dual+ (CORRUPTED), D_dual- (RECTIFIED); empty takes both
   * @param mistakes mistake patterns to take; empty takes all, mined or not
   * @param minSimilarity least similarity of the sides; null for no bound
   * @param maxSimilarity greatest similarity of the sides; null for no bound
   * @param maxPairs most pairs, drawn by the run's seed; null takes all
   */
  public record DualFilter(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DualCot.Origin> origins,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MistakePattern> mistakes,
      Double minSimilarity,
      Double maxSimilarity,
      Integer maxPairs) {
    public DualFilter {
      origins = origins == null ? List.of() : List.copyOf(origins);
      mistakes = mistakes == null ? List.of() : List.copyOf(mistakes);
      if (minSimilarity != null) {
        Require.within("minSimilarity", minSimilarity, 0, 1);
      }
      if (maxSimilarity != null) {
        Require.within(
            "maxSimilarity", maxSimilarity, minSimilarity == null ? 0 : minSimilarity, 1);
      }
      if (maxPairs != null) {
        Require.atLeast("maxPairs", maxPairs, 1);
      }
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
