package dev.edit.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.pipeline.DataCounts;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.Recipe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

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
  void shouldSayHowMuchIsMissingWhenTheDiskIsFull() {
    assertThatThrownBy(() -> Workspace.create(folder, 1, Clock.systemUTC(), Long.MAX_VALUE))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("too little disk space");
  }

  @Test
  void shouldTakeAnotherFolderWhenTheNameIsTaken() {
    Clock fixed = Clock.fixed(START, java.time.ZoneOffset.UTC);

    assertThat(Workspace.create(folder, 1, fixed, 0).folder().getFileName())
        .hasToString("20260101-000000-1");
    assertThat(Workspace.create(folder, 1, fixed, 0).folder().getFileName())
        .hasToString("20260101-000000-1-2");
  }

  @Test
  void shouldNameTheModuleWhenItIsNotBuilt() {
    assertThatThrownBy(() -> new Installation(folder).jarOf("trainer-service"))
        .hasMessageContaining("trainer-service is not built")
        .hasMessageContaining("mvnw");
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
