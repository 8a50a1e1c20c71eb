package dev.edit.contracts;

import dev.edit.contracts.recipe.Recipe;
import java.util.List;

/**
 * A student on disk.
 *
 * @param run the run that wrote it
 * @param recipe the run's recipe
 * @param seed the run's seed
 * @param stage the stage that it ends, such as {@code sft} or {@code krsl}
 * @param step optimizer steps taken in all
 * @param last whether the run ends here; evaluations are made of the last checkpoint
 * @param uri the folder, in Hugging Face layout
 * @param sha256 hex digest of model.safetensors
 * @param manifest what it was made from
 */
public record Checkpoint(
    String run,
    Recipe recipe,
    long seed,
    String stage,
    int step,
    boolean last,
    String uri,
    String sha256,
    Manifest manifest)
    implements EventRecord {

  public Checkpoint {
    Require.name("run", run);
    Require.present("recipe", recipe);
    Require.name("stage", stage);
    Require.atLeast("step", step, 0);
    Require.text("uri", uri);
    Require.text("sha256", sha256);
    Require.present("manifest", manifest);
  }

  @Override
  public String key() {
    return run + "/" + stage;
  }

  /**
   * What a checkpoint was made from, enough to make it again.
   *
   * @param offsets the offset ranges of edit.key-steps that were read
   * @param datasetSha256 digest of the records used, in the order of their ids
   * @param records records read from the range after deduplication
   * @param examples what each stage trained on: {@code sft} CoTs and {@code krsl} pairs
   * @param tooLong records left out because they exceed the maximal length
   * @param tokens real tokens (no padding) through the model
   * @param trainSeconds seconds in optimizer steps
   * @param initialSha256 digest of the weights it started from
   * @param tokenizer the tokenizer's fingerprint
   */
  public record Manifest(
      List<Run.PartitionRange> offsets,
      String datasetSha256,
      int records,
      Examples examples,
      int tooLong,
      long tokens,
      double trainSeconds,
      String initialSha256,
      String tokenizer) {
    public Manifest {
      Require.present("offsets", offsets);
      offsets = List.copyOf(offsets);
      Require.text("datasetSha256", datasetSha256);
      Require.atLeast("records", records, 0);
      Require.present("examples", examples);
      Require.text("initialSha256", initialSha256);
      Require.text("tokenizer", tokenizer);
    }
  }

  /** How many CoTs SFT saw and how many pairs KRSL saw. */
  public record Examples(int sft, int krsl) {}
}
