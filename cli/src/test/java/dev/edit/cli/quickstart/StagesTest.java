package dev.edit.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.cli.pipeline.DataCounts;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.Recipe;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldCountStepsOverBothStagesWhenARunIsInKrsl() {
    Run run = run(Recipe.EDIT);
    RunEvent krsl = progress(run, "krsl", 10, 50);

    assertThat(TrainingStages.progress(run, List.of(progress(run, "sft", 1_400, 1_400), krsl)))
        .matches(stage -> stage.done() == 1_410 && stage.total() == 1_450);
  }

  @Test
  void shouldCountEqualStepsWhenARecipeHasNoKrsl() {
    Run run = run(Recipe.STD_COT);

    assertThat(TrainingStages.progress(run, List.of(progress(run, "sft", 700, 1_400))))
        .matches(stage -> stage.done() == 700 && stage.total() == 1_450);
    assertThat(TrainingStages.progress(run, List.of(progress(run, "sft-more", 20, 50))))
        .matches(stage -> stage.done() == 1_420 && stage.total() == 1_450);
    assertThat(TrainingStages.progress(run, List.of()).detail()).isEqualTo("waiting");
  }

  @Test
  void shouldBeCompleteWhenARunHasSucceeded() {
    Run run = run(Recipe.STD_COT);
    RunEvent end = new RunEvent(run.id(), START, State.SUCCEEDED, null, null, null);

    assertThat(TrainingStages.progress(run, List.of(end)).isComplete()).isTrue();
  }

  @Test
  void shouldCountDeadLettersInEveryStageWhenProblemsEndEarly() {
    assertThat(DataStages.progress(new DataCounts(10, 5, 2, 6, 1, 7, 3)))
        .extracting(stage -> stage.done())
        .containsExactly(10L, 10L, 10L);
  }

  @Test
  void shouldLeaveOutUserInfoAndQueryWhenATeacherIsNamed() {
    assertThat(FindingsOf.withoutSecrets(URI.create("https://user:canary@host:8443/v1?key=canary")))
        .isEqualTo("https://host:8443/v1");
  }

  private static Run run(Recipe recipe) {
    return new Run(
        recipe.recipeName() + "-1",
        recipe,
        "students/initial-1",
        QuickstartSettings.hyperparameters(1_400, 50),
        new Run.DatasetSelector(List.of(), List.of()),
        1);
  }

  private static RunEvent progress(Run run, String stage, int step, int steps) {
    return new RunEvent(
        run.id(),
        START,
        State.RUNNING,
        stage,
        null,
        new RunEvent.Progress(step, steps, 1, 1e-3, 1, 20_000, null, null));
  }
}
