package dev.edit.trainer.domain;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.RunCheck;
import dev.edit.contracts.recipe.StageSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a run in order: SFT, then what the recipe's second stage is. A recipe without one
 * takes KRSL's steps as further SFT where the run asks for equal numbers of steps: with the same
 * settings as KRSL, so that two recipes with the same SFT data are the same student until then and
 * differ by the objective alone.
 */
public record RunPlan(List<PlannedStage> stages) {
  public static final String SFT = "sft";
  public static final String KRSL = "krsl";
  public static final String DPO = "dpo";

  /** Further SFT in the place of KRSL. */
  public static final String SFT_MORE = "sft-more";

  public RunPlan {
    stages = List.copyOf(stages);
  }

  /**
   * The plan of a run.
   *
   * @throws InvalidRecordException where the run's fields do not fit together, or a stage has steps
   *     but nothing to read
   */
  public static RunPlan of(Run run, TrainingSet set) {
    RunCheck.require(run);
    Hyperparameters settings = run.hyperparameters();
    Objective sft =
        run.recipe().sftView().multiTask()
            ? new Objective.MultiTask(settings.answerWeight())
            : new Objective.Sft();
    List<PlannedStage> stages = new ArrayList<>();
    add(stages, SFT, sft, settings.sft(), set.sft());
    switch (run.recipe().secondStage()) {
      case KRSL ->
          add(stages, KRSL, new Objective.Krsl(settings.keySteps()), settings.krsl(), set.pairs());
      case DPO -> {
        Objective dpo = new Objective.Dpo(settings.dpo().beta());
        add(stages, DPO, dpo, settings.dpo().stage(), set.pairs());
      }
      case NONE -> {
        if (settings.equalSteps() && settings.krsl() != null) {
          add(stages, SFT_MORE, sft, settings.krsl(), set.sft());
        }
      }
    }
    stages.forEach(stage -> requireItems(stage, run, set));
    int last = stages.size() - 1;
    stages.set(last, lastOne(stages.get(last)));
    return new RunPlan(stages);
  }

  /** Steps of all stages from one on. */
  int stepsFrom(int stage) {
    return stages.stream().skip(stage).mapToInt(planned -> planned.spec().steps()).sum();
  }

  private static void add(
      List<PlannedStage> stages,
      String name,
      Objective objective,
      StageSpec spec,
      List<Item> items) {
    if (!spec.skipped()) {
      stages.add(new PlannedStage(name, objective, spec, items, false));
    }
  }

  private static PlannedStage lastOne(PlannedStage stage) {
    return new PlannedStage(stage.name(), stage.objective(), stage.spec(), stage.items(), true);
  }

  private static void requireItems(PlannedStage stage, Run run, TrainingSet set) {
    if (stage.items().isEmpty()) {
      throw new InvalidRecordException(
          "dataset",
          "none of %d records (%d of them too long)".formatted(set.records(), set.tooLong()),
          "at least one record for stage %s of recipe %s"
              .formatted(stage.name(), run.recipe().recipeName()));
    }
  }
}
