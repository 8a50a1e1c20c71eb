package dev.edit.trainer.domain;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.SftView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run trains on: the view of the log that its recipe asks for, in the order of ids.
 *
 * @param sft records whose right side SFT reads
 * @param pairs records with both sides, which KRSL reads; empty where the recipe has no KRSL
 * @param records records in the range, of the selected tasks, one an id
 * @param tooLong records that a view left out because they exceed the maximal length
 * @param sha256 hex digest of the canonical encodings of the records used, in the order of ids
 */
public record TrainingSet(
    List<KeySteps> sft, List<KeySteps> pairs, int records, int tooLong, String sha256) {

  public TrainingSet {
    sft = List.copyOf(sft);
    pairs = List.copyOf(pairs);
  }

  /**
   * Selects a run's view: SFT reads D+ (origin CORRUPTED, those without a dual included) or, where
   * the recipe says so, D_merge+ (all right sides); KRSL reads D_dual (records with both sides).
   *
   * @param log records in the order of the log; of two with one id the later one counts
   * @throws InvalidRecordException where a record is of the test split: nothing of it is ever
   *     trained on
   */
  public static TrainingSet select(Collection<KeySteps> log, Run run) {
    Map<String, KeySteps> newest = new TreeMap<>();
    log.forEach(record -> newest.put(record.problem().id(), record));
    List<String> tasks = run.dataset().tasks();
    newest.values().removeIf(r -> !tasks.isEmpty() && !tasks.contains(r.problem().task()));
    newest.values().forEach(TrainingSet::requireTrain);

    int maxLength = run.hyperparameters().maxLength();
    List<KeySteps> sft = new ArrayList<>();
    List<KeySteps> pairs = new ArrayList<>();
    List<KeySteps> used = new ArrayList<>();
    int tooLong = 0;
    for (KeySteps record : newest.values()) {
      boolean forSft =
          run.recipe().sftView() == SftView.ALL_RIGHT
              || record.origin() == DualCot.Origin.CORRUPTED;
      boolean forKrsl = run.recipe().krsl() && record.dual().isPresent();
      boolean rightFits = length(record, record.right()) <= maxLength;
      boolean bothFit =
          rightFits && record.dual().map(wrong -> length(record, wrong) <= maxLength).orElse(true);
      if (forSft && rightFits) {
        sft.add(record);
      }
      if (forKrsl && bothFit) {
        pairs.add(record);
      }
      if ((forSft && rightFits) || (forKrsl && bothFit)) {
        used.add(record);
      }
      if ((forSft && !rightFits) || (forKrsl && !bothFit)) {
        tooLong++;
      }
    }
    return new TrainingSet(sft, pairs, newest.size(), tooLong, digest(used));
  }

  /**
   * Checks that every record was cut into tokens by the student's own tokenizer.
   *
   * @throws InvalidRecordException naming the first record that was not
   */
  public void requireTokenizer(String fingerprint) {
    List<KeySteps> all = new ArrayList<>(sft);
    all.addAll(pairs);
    all.stream()
        .filter(record -> !record.tokenizer().equals(fingerprint))
        .min(Comparator.comparing(KeySteps::key))
        .ifPresent(
            record -> {
              throw new InvalidRecordException(
                  "tokenizer of " + record.key(),
                  record.tokenizer(),
                  "the student's own tokenizer " + fingerprint);
            });
  }

  private static int length(KeySteps record, KeySteps.Side side) {
    return record.promptIds().length + side.ids().length;
  }

  private static void requireTrain(KeySteps record) {
    if (record.problem().split() != Problem.Split.TRAIN) {
      throw new InvalidRecordException(
          "problem.split of " + record.key(), record.problem().split(), "train");
    }
  }

  private static String digest(List<KeySteps> used) {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    Sha256 digest = new Sha256();
    used.forEach(record -> digest.add(codec.encode(record)));
    return digest.hex();
  }
}
