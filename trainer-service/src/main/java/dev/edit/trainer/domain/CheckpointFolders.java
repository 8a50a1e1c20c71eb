package dev.edit.trainer.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.artifacts.ArtifactStore;
import dev.edit.artifacts.WholeFolder;
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
 * What is kept of runs, below one root that is a folder or an address of S3:
 *
 * <pre>
 * &lt;root&gt;/&lt;run&gt;/epoch                        the highest attempt, see {@link EpochFence}
 * &lt;root&gt;/&lt;run&gt;/epoch-&lt;attempt&gt;/&lt;stage&gt;   a checkpoint
 * &lt;root&gt;/&lt;run&gt;/saves/...                  see {@link RunSaves}
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

  private final ArtifactStore store;
  private final Path work;
  private final EpochFence fence;

  /**
   * @param store keeps them
   * @param work a folder of this machine; of a store that is a folder, that folder
   * @param fence knows the attempt, and is asked before anything appears; null where nobody else
   *     writes
   */
  public CheckpointFolders(ArtifactStore store, Path work, EpochFence fence) {
    this.store = store;
    this.work = work.toAbsolutePath().normalize();
    this.fence = fence;
  }

  /** The folder of this machine that is a run's own. */
  public static Path work(Path root, String run) {
    return root.resolve(Require.name("run", run));
  }

  /** The name of a stage's checkpoint in the store. */
  String checkpoint(String run, String stage) {
    return attempt(run) + "/" + Require.name("stage", stage);
  }

  /** The saved states of a run. */
  public RunSaves saves(String run, int kept) {
    String name = Require.name("run", run) + "/saves";
    return new RunSaves(store, name, work.resolve(name), fence, kept);
  }

  /**
   * Keeps a file of this attempt at a run.
   *
   * @return its address
   */
  public String keep(String run, String file, byte[] bytes) throws IOException {
    String name = attempt(run) + "/" + file;
    store.put(name, bytes);
    return store.uri(name);
  }

  /**
   * Writes a checkpoint, in place of an older one of the same attempt and stage.
   *
   * @param student is saved
   * @param record makes the record from the checkpoint's address and the digest of the weights
   * @throws IOException where the disk or the store refuses; an older checkpoint in a folder is
   *     intact then
   */
  public Checkpoint write(
      Run run,
      String stage,
      TrainableStudent student,
      BiFunction<String, String, Checkpoint> record)
      throws IOException {
    String name = checkpoint(run.id(), stage);
    String weights = run.hyperparameters().lora() == null ? WEIGHTS : ADAPTER_WEIGHTS;
    Checkpoint[] written = new Checkpoint[1];
    store.write(
        name,
        draft -> {
          student.save(draft);
          written[0] = record.apply(store.uri(name), Sha256.of(draft.resolve(weights)));
          Files.write(draft.resolve(MANIFEST), manifest(run, written[0], draft));
          if (fence != null) {
            fence.check();
          }
        });
    return written[0];
  }

  private String attempt(String run) {
    int epoch = fence == null ? Run.Order.FIRST_EPOCH : fence.epoch();
    return Require.name("run", run) + "/epoch-" + epoch;
  }

  private static byte[] manifest(Run run, Checkpoint checkpoint, Path folder) throws IOException {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.set("checkpoint", JSON.readTree(RecordCodec.of(Checkpoint.class).encode(checkpoint)));
    manifest.set("run", JSON.readTree(RecordCodec.of(Run.class).encode(run)));
    manifest.set("files", JSON.valueToTree(WholeFolder.digests(folder)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
  }
}
