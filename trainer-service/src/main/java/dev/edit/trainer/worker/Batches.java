package dev.edit.trainer.worker;

import dev.edit.contracts.recipe.KrslSpec;
import dev.edit.student.TokenBatch;
import dev.edit.student.TrainingBatch;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.KeyedPair;
import dev.edit.student.objective.KrslSettings;
import dev.edit.student.objective.Normalisation;
import dev.edit.student.objective.Objectives;
import dev.edit.student.objective.PreferencePair;
import dev.edit.student.objective.WeightedTask;
import dev.edit.trainer.domain.Item;
import dev.edit.trainer.domain.Objective;
import dev.edit.trainer.domain.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Items as the batch that an objective makes of them. */
final class Batches {
  private final Objective objective;
  private final Map<String, double[]> references;

  /**
   * @param references of preferences, by item id: log p of the right and of the wrong response
   *     under the reference
   */
  Batches(Objective objective, Map<String, double[]> references) {
    this.objective = objective;
    this.references = Map.copyOf(references);
  }

  /** The batch of some items, its loss normalised over all of them. */
  TrainingBatch of(List<Item> items) {
    if (objective instanceof Objective.Krsl krsl) {
      return Objectives.krsl(items.stream().map(Batches::keyed).toList(), settings(krsl.weights()));
    }
    if (objective instanceof Objective.Dpo dpo) {
      return Objectives.dpo(items.stream().map(this::preference).toList(), dpo.beta());
    }
    if (objective instanceof Objective.MultiTask tasks) {
      List<WeightedTask> weighted = new ArrayList<>();
      task(1 - tasks.answerWeight(), items, Item::first, weighted);
      task(tasks.answerWeight(), items, Item::second, weighted);
      return Objectives.multiTask(weighted);
    }
    boolean whole = items.stream().allMatch(item -> item.first().allMarked());
    return whole
        ? Objectives.sft(items.stream().map(item -> example(item.first())).toList())
        : masked(items);
  }

  static Example example(Response response) {
    return new Example(response.prompt(), response.ids());
  }

  private static void task(
      double weight, List<Item> items, Function<Item, Response> side, List<WeightedTask> tasks) {
    if (weight > 0) {
      List<Example> examples = items.stream().map(item -> example(side.apply(item))).toList();
      tasks.add(new WeightedTask(weight, examples));
    }
  }

  /** SFT where some tokens are given and carry no loss: the mean over the marked ones. */
  private static TokenBatch masked(List<Item> items) {
    int marked = 0;
    for (Item item : items) {
      for (boolean mark : item.first().marks()) {
        marked += mark ? 1 : 0;
      }
    }
    List<int[]> tokens = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (Item item : items) {
      Response response = item.first();
      int prompt = response.prompt().length;
      int[] row = java.util.Arrays.copyOf(response.prompt(), response.length());
      double[] weight = new double[row.length];
      for (int t = 0; t < response.ids().length; t++) {
        row[prompt + t] = response.ids()[t];
        weight[prompt + t] = response.marks()[t] ? 1.0 / marked : 0;
      }
      tokens.add(row);
      weights.add(weight);
    }
    return TokenBatch.of(tokens, weights);
  }

  private static KeyedPair keyed(Item item) {
    return new KeyedPair(
        example(item.first()), item.first().marks(), example(item.second()), item.second().marks());
  }

  private PreferencePair preference(Item item) {
    double[] reference = references.get(item.id());
    return new PreferencePair(
        example(item.first()), example(item.second()), reference[0], reference[1]);
  }

  private static KrslSettings settings(KrslSpec spec) {
    return new KrslSettings(
        spec.alpha(),
        spec.beta(),
        spec.gamma(),
        spec.nllCeiling(),
        spec.normalisation() == KrslSpec.Normalisation.KEY_TOKENS
            ? Normalisation.PER_KEY_TOKEN
            : Normalisation.REFERENCE);
  }
}
