package dev.edit.trainer.worker;

import dev.edit.artifacts.Artifacts;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.SavePolicy;
import java.nio.file.Path;

/** Settings of trainers under test. */
final class Settings {
  private Settings() {}

  /** Of one that keeps its runs in a folder. */
  static RunTrainer.Settings of(Path root, int reportEvery, SavePolicy saves) {
    return of(RunPlace.of(root), "run", reportEvery, saves);
  }

  /** Of one that keeps its runs at a place. */
  static RunTrainer.Settings of(RunPlace place, String run, int reportEvery, SavePolicy saves) {
    Artifacts artifacts = place.artifacts(run);
    CheckpointFolders folders =
        new CheckpointFolders(artifacts.store(place.root()), place.work(), null);
    return new RunTrainer.Settings(artifacts, folders, reportEvery, saves, "cpu");
  }
}
