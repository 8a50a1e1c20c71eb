package dev.edit.trainer.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The folders of runs under one root:
 *
 * <pre>
 * &lt;root&gt;/&lt;run&gt;/epoch-&lt;attempt&gt;/&lt;stage&gt;   a checkpoint
 * &lt;root&gt;/&lt;run&gt;/saves/...                  see {@link RunSaves}
 * &lt;root&gt;/&lt;run&gt;/worker.log                 what the worker said
 * </pre>
 *
 * <p>Two attempts at a run never write to the same checkpoint. Names are checked, so that nothing
 * is written outside the root.
 */
public final class CheckpointFolders {
  /** The weights of a student, as every Hugging Face tool expects them. */
  public static final String WEIGHTS = "model.safetensors";

  /** The weights of an adapter, as PEFT expects them. */
  public static final String ADAPTER_WEIGHTS = "adapter_model.safetensors";

  /** What a checkpoint was made from: its record, its run and the digest of every file. */
  public static final String MANIFEST = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final EpochFence fence;

  /** The folders of first attempts. */
  public CheckpointFolders(Path root) {
    this(root, null);
  }

  /**
   * @param fence knows the attempt, and is asked before anything appears; null where nobody else
   *     writes
   */
  public CheckpointFolders(Path root, EpochFence fence) {
    this.root = root.toAbsolutePath().normalize();
    this.fence = fence;
  }

  /** The folder of a run. */
  public Path run(String run) {
    return inside(root, Require.name("run", run));
  }

  /** The folder of this attempt at a run. */
  public Path attempt(String run) {
    return run(run).resolve("epoch-" + epoch());
  }

  /** The folder of a stage's checkpoint. */
  public Path checkpoint(String run, String stage) {
    return inside(attempt(run), Require.name("stage", stage));
  }

  /** The saved states of a run. */
  public RunSaves saves(String run, int kept) {
    return new RunSaves(run(run).resolve("saves"), fence, kept);
  }

  /** The worker's log file; its folder exists afterwards. */
  public Path log(String run) throws IOException {
    return Files.createDirectories(run(run)).resolve("worker.log");
  }

  /**
   * Writes a checkpoint, in place of an older one of the same attempt and stage.
   *
   * @param student is saved
   * @param record makes the record from the folder and the digest of the weights
   * @throws IOException where the disk refuses; an older checkpoint is intact then
   */
  public Checkpoint write(
      Run run, String stage, TrainableStudent student, BiFunction<Path, String, Checkpoint> record)
      throws IOException {
    Path target = checkpoint(run.id(), stage);
    String weights = run.hyperparameters().lora() == null ? WEIGHTS : ADAPTER_WEIGHTS;
    WholeFolder.clearDrafts(target.getParent());
    Checkpoint[] written = new Checkpoint[1];
    WholeFolder.write(
        target,
        draft -> {
          student.save(draft);
          written[0] = record.apply(target, Sha256.of(draft.resolve(weights)));
          Files.write(draft.resolve(MANIFEST), manifest(run, written[0], draft));
          if (fence != null) {
            fence.check();
          }
        });
    return written[0];
  }

  private int epoch() {
    return fence == null ? Run.Order.FIRST_EPOCH : fence.epoch();
  }

  private static byte[] manifest(Run run, Checkpoint checkpoint, Path folder) throws IOException {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.set("checkpoint", JSON.readTree(RecordCodec.of(Checkpoint.class).encode(checkpoint)));
    manifest.set("run", JSON.readTree(RecordCodec.of(Run.class).encode(run)));
    manifest.set("files", JSON.valueToTree(WholeFolder.digests(folder)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
  }

  private static Path inside(Path parent, String name) {
    Path path = parent.resolve(name).normalize();
    if (!parent.equals(path.getParent())) {
      throw new IllegalArgumentException(name + " leaves " + parent);
    }
    return path;
  }
}
