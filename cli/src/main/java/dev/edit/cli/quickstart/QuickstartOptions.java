package dev.edit.cli.quickstart;

import dev.edit.cli.OptionValue;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.families.SetSizes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a person may choose of a quickstart.
 *
 * @param seed of the data and of everything else
 * @param sizes of the problem sets
 * @param recipes what to compare; each once
 * @param trainingSeeds how many students of each recipe
 * @param hyperparameters of every run
 * @param teacher the real teacher; empty for the simulated one
 */
public record QuickstartOptions(
    long seed,
    SetSizes sizes,
    List<Recipe> recipes,
    int trainingSeeds,
    Hyperparameters hyperparameters,
    Optional<RealTeacher> teacher) {
  public QuickstartOptions {
    recipes = recipes.stream().distinct().toList();
    if (recipes.isEmpty()) {
      throw OptionValue.wrong("--recipes", "at least one", "none");
    }
  }

  /** An endpoint that speaks the OpenAI chat completions API. */
  public record RealTeacher(URI url, String model) {}

  /** The seeds of the runs: the quickstart's own and those that follow. */
  public List<Long> runSeeds() {
    return LongStream.range(seed, seed + trainingSeeds).boxed().toList();
  }
}
