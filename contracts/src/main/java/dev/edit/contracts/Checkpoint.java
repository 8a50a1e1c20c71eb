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
 * @param uri the folder, in Hugging Face layout or, for an adapter, in PEFT's
 * @param sha256 hex digest of model.safetensors or adapter_model.safetensors
 * @param manifest what it was made from
 * @param kind a whole model or an adapter; null means {@link Kind#MODEL}
 * @param base the folder of the model that an adapter belongs on; null for a whole model
 * @param best the epoch that was kept; null where the last step was
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
    Manifest manifest,
    Kind kind,
    String base,
    Best best)
    implements EventRecord {

  public Checkpoint {
    Require.name("run", run);
    Require.present("recipe", recipe);
    Require.name("stage", stage);
    Require.atLeast("step", step, 0);
    Require.text("uri", uri);
    Require.text("sha256", sha256);
    Require.present("manifest", manifest);
    if (kind == Kind.ADAPTER) {
      Require.text("base", base);
    }
  }

  /** Whether the folder holds an adapter. */
  public boolean adapter() {
    return kind == Kind.ADAPTER;
  }

  /** What a checkpoint's folder holds. */
  public enum Kind {
    MODEL,
    ADAPTER
  }

  /**
   * The epoch that was kept.
   *
   * @param epoch of the stage, from 1
   * @param accuracy its share of held-out problems answered right, in [0, 1]
   * @param problems how many were held out
   */
  public record Best(int epoch, double accuracy, int problems) {
    public Best {
      Require.atLeast("epoch", epoch, 1);
      Require.within("accuracy", accuracy, 0, 1);
      Require.atLeast("problems", problems, 1);
    }
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
   * @param examples what each stage trained on: {@code sft} CoTs and {@code krsl} pairs, those of
   *     DPO included
   * @param tooLong records left out because they exceed the maximal length
   * @param tokens real tokens (no padding) through the model
   * @param trainSeconds seconds in optimizer steps
   * @param initialSha256 digest of the weights it started from
   * @param tokenizer the tokenizer's fingerprint
   * @param heldOut records held out to choose the best epoch; null where there was no choice
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
      String tokenizer,
      Integer heldOut) {
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

  /** How many CoTs SFT saw and how many pairs KRSL or DPO saw. */
  public record Examples(int sft, int krsl) {}
}
