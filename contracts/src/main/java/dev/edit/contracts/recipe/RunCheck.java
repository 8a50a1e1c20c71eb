package dev.edit.contracts.recipe;

import dev.edit.contracts.DualCot;
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
    check.heldOut();
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
    if (!spec.skipped() && spec.learningRate() == 0) {
      wrong(HYPERPARAMETERS + name + ".learningRate", 0, "a rate above 0, or no steps");
    }
    optimizer(HYPERPARAMETERS + name + ".optimizer.", spec.optimizer());
  }

  /** Where one of these stands, an update divides by zero. */
  private void optimizer(String prefix, OptimizerSpec optimizer) {
    below(prefix + "beta1", optimizer.beta1());
    below(prefix + "beta2", optimizer.beta2());
    if (optimizer.epsilon() == 0) {
      wrong(prefix + "epsilon", 0, "a number above 0");
    }
  }

  private void below(String field, double beta) {
    if (beta == 1) {
      wrong(field, beta, "a number below 1");
    }
  }

  private void secondStage() {
    if (recipe.secondStage() == SecondStage.KRSL) {
      present(HYPERPARAMETERS + "krsl", settings.krsl());
      present(HYPERPARAMETERS + "keySteps", settings.keySteps());
      weights(settings.keySteps());
    } else if ((!settings.equalSteps() || recipe.secondStage() == SecondStage.DPO)
        && settings.krsl() != null
        && !settings.krsl().skipped()) {
      wrong(
          HYPERPARAMETERS + "krsl",
          describe(settings.krsl()),
          "no steps, because recipe %s has no KRSL stage (or equalSteps, to spend them on SFT)"
              .formatted(recipe.recipeName()));
    }
    if (recipe.secondStage() == SecondStage.DPO) {
      present(HYPERPARAMETERS + "dpo", settings.dpo());
      if (settings.dpo() != null && settings.dpo().beta() == 0) {
        wrong(HYPERPARAMETERS + "dpo.beta", 0, "a number above 0: with 0 no preference counts");
      }
    } else if (settings.dpo() != null) {
      wrong(
          HYPERPARAMETERS + "dpo",
          describe(settings.dpo().stage()),
          "no value, because recipe %s has no DPO stage".formatted(recipe.recipeName()));
    }
  }

  private void weights(KrslSpec spec) {
    if (spec != null && spec.alpha() == 0 && spec.beta() == 0 && spec.gamma() == 0) {
      wrong(
          HYPERPARAMETERS + "keySteps",
          "alpha 0, beta 0, gamma 0",
          "one of them above 0: no token carries a weight otherwise");
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
    if (lora == null && settings.memoryOrNone().bf16Weights()) {
      wrong(
          HYPERPARAMETERS + "memory.bf16Weights",
          true,
          "false, or lora: only the frozen weights beneath an adapter can be kept in bfloat16");
    }
    if (lora == null) {
      return;
    }
    if (lora.alpha() == 0) {
      wrong(HYPERPARAMETERS + "lora.alpha", 0, "a number above 0: with 0 the adapter adds nothing");
    }
    if (!LoraSpec.LAYERS.containsAll(lora.targets())) {
      wrong(HYPERPARAMETERS + "lora.targets", lora.targets(), "any of " + LoraSpec.LAYERS);
    }
    if (lora.targets().stream().distinct().count() < lora.targets().size()) {
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
    if (recipe == Recipe.SCOTT && onlyRectified(run.dataset().duals())) {
      wrong(
          "dataset.duals.origins",
          run.dataset().duals().origins(),
          "CORRUPTED among them: scott learns from corrupted chains of thought alone");
    }
  }

  private static boolean onlyRectified(Run.DualFilter duals) {
    return duals != null
        && !duals.origins().isEmpty()
        && !duals.origins().contains(DualCot.Origin.CORRUPTED);
  }

  /** Even of the most records that there can be, something has to be left to train on. */
  private void heldOut() {
    KeepBestSpec best = settings.keepBest();
    Integer limit = run.dataset().maxRecords();
    long most =
        run.dataset().offsets().stream().mapToLong(range -> range.to() - range.from()).sum();
    most = limit == null ? most : Math.min(most, limit);
    if (best != null
        && most > 0
        && Math.min(Math.ceil(best.heldOut() * most), best.maxProblems()) >= most) {
      wrong(
          HYPERPARAMETERS + "keepBest.heldOut",
          best.heldOut(),
          "a share that leaves something of %d record(s) to train on".formatted(most));
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
