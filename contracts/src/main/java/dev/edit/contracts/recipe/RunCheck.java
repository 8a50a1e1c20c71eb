package dev.edit.contracts.recipe;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run's fields must say together, each being sound by itself. Checked when a run is
 * submitted, before anything is started; a record that was written earlier can still be read.
 */
public final class RunCheck {
  private static final String HYPERPARAMETERS = "hyperparameters.";

  private final Run run;
  private final Recipe recipe;
  private final Hyperparameters settings;
  private final List<InvalidRecordException> violations = new ArrayList<>();

  private RunCheck(Run run) {
    this.run = run;
    this.recipe = run.recipe();
    this.settings = run.hyperparameters();
  }

  /** Everything that is wrong, in the order of the fields; empty for a sound run. */
  public static List<InvalidRecordException> violations(Run run) {
    RunCheck check = new RunCheck(run);
    check.steps();
    check.secondStage();
    check.multiTask();
    check.adapter();
    check.dataset();
    return List.copyOf(check.violations);
  }

  /**
   * Passes a sound run.
   *
   * @throws InvalidRecordException naming the first field that is wrong, its value and what was
   *     expected
   */
  public static void require(Run run) {
    violations(run).stream()
        .findFirst()
        .ifPresent(
            violation -> {
              throw violation;
            });
  }

  private void steps() {
    StageSpec second = second();
    if (settings.sft().skipped() && (second == null || second.skipped())) {
      wrong(HYPERPARAMETERS + "sft.steps", 0, "at least one step or epoch in some stage");
    }
    stage("sft", settings.sft());
    if (second != null && second != settings.sft()) {
      stage(recipe.secondStage() == SecondStage.DPO ? "dpo.stage" : "krsl", second);
    }
  }

  private void stage(String name, StageSpec spec) {
    if (spec.epochs() == null && spec.steps() > 0 && spec.warmupSteps() > spec.steps()) {
      wrong(
          HYPERPARAMETERS + name + ".warmupSteps",
          spec.warmupSteps(),
          "at most the stage's " + spec.steps() + " steps");
    }
    if (spec.decay() != null && spec.schedule() != StageSpec.Schedule.EXPONENTIAL) {
      wrong(
          HYPERPARAMETERS + name + ".decay",
          spec.decay(),
          "no value, because the schedule is " + spec.schedule());
    }
  }

  private void secondStage() {
    if (recipe.secondStage() == SecondStage.KRSL) {
      present(HYPERPARAMETERS + "krsl", settings.krsl());
      present(HYPERPARAMETERS + "keySteps", settings.keySteps());
    } else if (!settings.equalSteps() && settings.krsl() != null && !settings.krsl().skipped()) {
      wrong(
          HYPERPARAMETERS + "krsl",
          describe(settings.krsl()),
          "no steps, because recipe %s has no KRSL stage (or equalSteps, to spend them on SFT)"
              .formatted(recipe.recipeName()));
    }
    if (recipe.secondStage() == SecondStage.DPO) {
      present(HYPERPARAMETERS + "dpo", settings.dpo());
    } else if (settings.dpo() != null) {
      wrong(
          HYPERPARAMETERS + "dpo",
          describe(settings.dpo().stage()),
          "no value, because recipe %s has no DPO stage".formatted(recipe.recipeName()));
    }
  }

  private void multiTask() {
    if (settings.taskWeight() != null && !recipe.sftView().multiTask()) {
      wrong(
          HYPERPARAMETERS + "taskWeight",
          settings.taskWeight(),
          "no value, because recipe %s has one task".formatted(recipe.recipeName()));
    }
  }

  private void adapter() {
    LoraSpec lora = settings.lora();
    if (lora != null && lora.targets().stream().distinct().count() < lora.targets().size()) {
      wrong(HYPERPARAMETERS + "lora.targets", lora.targets(), "each layer once");
    }
  }

  private void dataset() {
    if (run.dataset().offsets().stream().allMatch(range -> range.from() == range.to())) {
      wrong("dataset.offsets", run.dataset().offsets(), "at least one record");
    }
    if (run.dataset().duals() != null && !recipe.readsDuals()) {
      wrong(
          "dataset.duals",
          run.dataset().duals(),
          "no value, because recipe %s reads no pairs".formatted(recipe.recipeName()));
    }
  }

  private StageSpec second() {
    return switch (recipe.secondStage()) {
      case KRSL -> settings.krsl();
      case DPO -> settings.dpo() == null ? null : settings.dpo().stage();
      case NONE -> settings.equalSteps() ? settings.krsl() : null;
    };
  }

  private void present(String field, Object value) {
    if (value == null) {
      wrong(field, null, "a value, because the recipe is " + recipe.recipeName());
    }
  }

  private static String describe(StageSpec spec) {
    return spec.epochs() == null ? spec.steps() + " steps" : spec.epochs() + " epochs";
  }

  private void wrong(String field, Object value, String expected) {
    violations.add(new InvalidRecordException(field, value, expected));
  }
}
