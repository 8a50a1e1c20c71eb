package dev.edit.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.artifacts.ArtifactStore;
import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.Trust;
import dev.edit.artifacts.WholeFolder;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.DpoSpec;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.KeepBestSpec;
import dev.edit.contracts.recipe.KrslSpec;
import dev.edit.contracts.recipe.LoraSpec;
import dev.edit.contracts.recipe.OptimizerSpec;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.StageSpec;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.trainer.LocalS3Server;
import dev.edit.trainer.TinyStudent;
import dev.edit.trainer.domain.Samples;
import dev.edit.trainer.domain.SavePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real training that is killed, between two steps or between two passes of one, and started again:
 * the end is the same bit for bit. The kill strikes where the trainer asks whether it should stop,
 * and leaves nothing but what is on disk.
 */
class ResumeIT {
  private static final OptimizerSpec ADAMW = new OptimizerSpec(0.9, 0.98, 1e-8, 0.01, 1);
  private static final SavePolicy EVERY_FOUR = new SavePolicy(4, Duration.ZERO, 2);
  private static final LoraSpec LORA = new LoraSpec(4, 8, 0.1, List.of("q_proj", "v_proj"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path student;
  private List<KeySteps> records;
  private LocalS3Server s3;
  private final List<EventRecord> told = new ArrayList<>();

  /** The process is gone. */
  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Kills at a given question; counts the questions. */
  private static final class Killer implements BooleanSupplier {
    private final int at;
    private int asked;

    Killer(int at) {
      this.at = at;
    }

    @Override
    public boolean getAsBoolean() {
      if (++asked == at) {
        throw new KilledException();
      }
      return false;
    }
  }

  @BeforeEach
  void writeStudent() throws IOException {
    student = TinyStudent.write(folder.resolve("student"));
    records = TinyStudent.records(student, 40);
  }

  private static StageSpec stage(int steps, double rate) {
    return new StageSpec(steps, 2, rate, StageSpec.Schedule.COSINE, 2, ADAMW, null, 3, null, null);
  }

  private Run run(String id, Recipe recipe, LoraSpec lora, KeepBestSpec best) {
    boolean dpo = recipe == Recipe.DPO;
    Hyperparameters settings =
        new Hyperparameters(
            stage(12, 1e-2),
            dpo ? null : stage(7, 1e-3),
            dpo ? null : KrslSpec.REFERENCE,
            64,
            false,
            dpo ? new DpoSpec(stage(7, 1e-3), 0.1) : null,
            null,
            lora,
            null,
            best,
            null);
    return new Run(
        id, recipe, student.toString(), settings, Samples.run(recipe, 1, 1).dataset(), 7);
  }

  private RunPlace place(String root) {
    return Artifacts.isRemote(root)
        ? new RunPlace(root, folder.resolve("work"), s3.settings())
        : RunPlace.of(folder.resolve(root));
  }

  private String train(Run run, String root, BooleanSupplier stop) throws IOException {
    RunTrainer.Settings settings = Settings.of(place(root), run.id(), 5, EVERY_FOUR);
    return new RunTrainer(settings, told::addAll, stop).train(run, () -> records).sha256();
  }

  /** Trains once in peace, then again with {@code kills} kills at random places. */
  private void shouldEndTheSame(Run run, int kills) throws IOException {
    Killer peace = new Killer(-1);
    String whole = train(run, "peace", peace);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 0; kill < kills; kill++) {
      int at = 1 + random.nextInt(peace.asked);
      String root = "kill-" + kill;
      assertThatThrownBy(() -> train(run, root, new Killer(at)))
          .isInstanceOf(KilledException.class);
      assertThat(train(run, root, () -> false))
          .as("seed %d, killed at question %d of %d", seed, at, peace.asked)
          .isEqualTo(whole);
    }
  }

  @Test
  void shouldGiveTheSameAdapterWhenKilledAtTenRandomPlaces() throws IOException {
    shouldEndTheSame(run("adapter", Recipe.EDIT, LORA, null), 10);

    Path last = folder.resolve("kill-0/adapter/epoch-1/krsl");
    assertThat(last.resolve("adapter_config.json")).isRegularFile();
    assertThat(folder.resolve("kill-0/adapter/saves")).doesNotExist();
  }

  @Test
  void shouldGiveTheSameAdapterWhenAnotherMachineGoesOnFromS3() throws IOException {
    try (LocalS3Server server = new LocalS3Server()) {
      s3 = server;
      Run run = run("remote", Recipe.EDIT, LORA, new KeepBestSpec(0.2, 8, 16));
      String whole = train(run, "peace", () -> false);
      String root = "s3://" + LocalS3Server.BUCKET + "/trained";
      // Four questions a step: in step 7, then in step 15, of another stage.
      for (int at : new int[] {4 * 6 + 2, 4 * 10 + 3}) {
        assertThatThrownBy(() -> train(run, root, new Killer(at)))
            .isInstanceOf(KilledException.class);
        WholeFolder.delete(folder.resolve("work"));
      }
      told.clear();

      assertThat(train(run, root, () -> false)).isEqualTo(whole);

      assertThat(((RunEvent) told.get(0)).message())
          .isEqualTo("goes on from stage sft, step 12; on cpu in fp32");
      Checkpoint last = (Checkpoint) told.get(told.size() - 2);
      assertThat(last.uri()).isEqualTo(root + "/remote/epoch-1/krsl");
      try (Artifacts artifacts = place(root).artifacts("reader")) {
        ArtifactStore store = artifacts.store(root);
        assertThat(store.names("")).containsExactly("remote/epoch-1/krsl", "remote/epoch-1/sft");
        Path fetched = artifacts.fetch(last.uri(), Trust.VERIFIED);
        assertThat(Sha256.of(fetched.resolve("adapter_model.safetensors"))).isEqualTo(whole);
      }
    }
  }

  @Test
  void shouldGiveTheSameWeightsWhenKilledAndTheBestEpochIsKept() throws IOException {
    shouldEndTheSame(run("best", Recipe.EDIT, null, new KeepBestSpec(0.2, 8, 16)), 4);
  }

  @Test
  void shouldGiveTheSamePreferencesWhenKilled() throws IOException {
    shouldEndTheSame(run("dpo", Recipe.DPO, LORA, null), 4);
  }

  @Test
  void shouldGiveTheSameWeightsWhenKilledTwice() throws IOException {
    Run run = run("twice", Recipe.EDIT, null, null);
    String whole = train(run, "peace", () -> false);
    // Four questions a step: in the second pass of step 7, then in the third of step 15.
    assertThatThrownBy(() -> train(run, "killed", new Killer(4 * 6 + 2)))
        .isInstanceOf(KilledException.class);
    assertThatThrownBy(() -> train(run, "killed", new Killer(4 * 10 + 3)))
        .isInstanceOf(KilledException.class);

    assertThat(train(run, "killed", () -> false)).isEqualTo(whole);
    assertThat(told)
        .filteredOn(RunEvent.class::isInstance)
        .extracting(event -> ((RunEvent) event).message())
        .contains(
            "goes on from stage sft, step 4; on cpu in fp32",
            "goes on from stage sft, step 12; on cpu in fp32");
  }

  @Test
  void shouldGiveOtherWeightsWhenTheMomentsAreReset() throws IOException {
    Run run = run("reset", Recipe.EDIT, LORA, null);
    String whole = train(run, "peace", () -> false);
    assertThatThrownBy(() -> train(run, "killed", new Killer(4 * 6)))
        .isInstanceOf(KilledException.class);

    resetMoments(folder.resolve("killed/reset/saves/epoch-1/0-sft-00000004"));

    assertThat(train(run, "killed", () -> false)).isNotEqualTo(whole);
  }

  @Test
  void shouldNameTheFileAndGoOnFromTheOlderSaveWhenAByteIsFlipped() throws IOException {
    Run run = run("flipped", Recipe.EDIT, LORA, null);
    String whole = train(run, "peace", () -> false);
    assertThatThrownBy(() -> train(run, "killed", new Killer(4 * 10)))
        .isInstanceOf(KilledException.class);
    Path flipped =
        folder.resolve("killed/flipped/saves/epoch-1/0-sft-00000008/trained.safetensors");
    byte[] bytes = Files.readAllBytes(flipped);
    bytes[bytes.length - 5] ^= 4;
    Files.write(flipped, bytes);
    told.clear();

    assertThat(train(run, "killed", () -> false)).isEqualTo(whole);
    assertThat(((RunEvent) told.get(0)).message())
        .contains("goes on from stage sft, step 4", flipped.toString());
  }

  @Test
  void shouldKeepStepAndBatchWhenTrainingDiverges() throws IOException {
    Run shape = run("diverges", Recipe.EDIT_NO_KRSL, null, null);
    StageSpec wild =
        new StageSpec(
            200, 4, 1, StageSpec.Schedule.CONSTANT, 0, new OptimizerSpec(0, 0, 1e-30, 10, 0));
    Run run =
        new Run(
            shape.id(),
            shape.recipe(),
            shape.student(),
            new Hyperparameters(wild, null, null, 64, false),
            shape.dataset(),
            7);
    RunTrainer trainer =
        new RunTrainer(
            Settings.of(folder.resolve("wild"), 5, EVERY_FOUR), told::addAll, () -> false);

    WorkerExit exit =
        trainer.guarded(
            run.id(),
            () -> {
              trainer.train(run, () -> records);
              return WorkerExit.SUCCESS;
            });

    assertThat(exit).isEqualTo(WorkerExit.DIVERGED);
    RunEvent end = (RunEvent) told.get(told.size() - 1);
    assertThat(end.state()).isEqualTo(RunEvent.State.FAILED);
    assertThat(end.reason()).isEqualTo("diverged");
    assertThat(end.batch()).isNotEmpty().allMatch(id -> id.startsWith("sums/train/"));
    JsonNode kept = JSON.readTree(folder.resolve("wild/diverges/epoch-1/diverged.json").toFile());
    assertThat(kept.get("stage").textValue()).isEqualTo("sft");
    assertThat(kept.get("step").intValue()).isPositive();
    assertThat(kept.get("batch")).hasSize(end.batch().size());
  }

  /** Writes zeros over both moments and makes the manifest agree. */
  private static void resetMoments(Path save) throws IOException {
    for (String name : List.of("first-moments.safetensors", "second-moments.safetensors")) {
      Map<String, TensorData> zeros = new LinkedHashMap<>();
      Safetensors.read(save.resolve(name))
          .forEach(
              (tensor, data) ->
                  zeros.put(tensor, new TensorData(data.shape(), new float[data.values().length])));
      Safetensors.write(save.resolve(name), zeros);
    }
    ObjectNode manifest = JSON.createObjectNode();
    ObjectNode digests = manifest.putObject("files");
    try (Stream<Path> files = Files.list(save)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("manifest.json")) {
          digests.put(file.getFileName().toString(), Sha256.of(file));
        }
      }
    }
    Files.write(save.resolve("manifest.json"), JSON.writeValueAsBytes(manifest));
  }
}
