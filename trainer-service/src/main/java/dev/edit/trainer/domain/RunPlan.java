package dev.edit.trainer.domain;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.SftView;
import dev.edit.contracts.recipe.StageSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a run in order: SFT, then KRSL where the recipe has it. A recipe without KRSL takes
 * that stage's steps as further SFT where the run asks for equal numbers of steps: with the same
 * settings as KRSL, so that two recipes with the same SFT data are the same student until then and
 * differ by the objective alone.
 */
public record RunPlan(List<PlannedStage> stages) {
  public static final String SFT = "sft";
  public static final String KRSL = "krsl";

  /** Further SFT in the place of KRSL. */
  public static final String SFT_MORE = "sft-more";

  public RunPlan {
    stages = List.copyOf(stages);
  }

  /**
   * The plan of a run.
   *
   * @throws InvalidRecordException where the run takes no step at all, or a stage has steps but no
   *     record to read
   */
  public static RunPlan of(Run run, TrainingSet set) {
    Hyperparameters settings = run.hyperparameters();
    requireView(run);
    StageSpec sft = settings.sft();
    StageSpec second = settings.krsl();
    boolean krsl = run.recipe().krsl();
    boolean follows = second != null && second.steps() > 0 && (krsl || settings.equalSteps());
    List<PlannedStage> stages = new ArrayList<>();
    if (sft.steps() > 0) {
      stages.add(new PlannedStage(SFT, new Objective.Sft(), sft, set.sft(), !follows));
    }
    if (follows && krsl) {
      Objective objective = new Objective.Krsl(settings.keySteps());
      stages.add(new PlannedStage(KRSL, objective, second, set.pairs(), true));
    } else if (follows) {
      stages.add(new PlannedStage(SFT_MORE, new Objective.Sft(), second, set.sft(), true));
    }
    if (stages.isEmpty()) {
      throw new InvalidRecordException(
          "hyperparameters", "0 steps", "at least one step of SFT or KRSL");
    }
    stages.forEach(stage -> requireExamples(stage, run, set));
    return new RunPlan(stages);
  }

  private static void requireView(Run run) {
    SftView view = run.recipe().sftView();
    if (view != SftView.OWN_RIGHT && view != SftView.ALL_RIGHT || run.recipe() == Recipe.DPO) {
      throw new InvalidRecordException(
          "recipe", run.recipe().recipeName(), "a recipe of SFT on right sides and KRSL");
    }
  }

  private static void requireExamples(PlannedStage stage, Run run, TrainingSet set) {
    if (stage.examples().isEmpty()) {
      throw new InvalidRecordException(
          "dataset",
          "none of %d records (%d of them too long)".formatted(set.records(), set.tooLong()),
          "at least one record for stage %s of recipe %s"
              .formatted(stage.name(), run.recipe().recipeName()));
    }
  }
}
