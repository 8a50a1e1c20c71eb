package dev.edit.trainer.domain;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.KeepBestSpec;
import dev.edit.contracts.recipe.SecondStage;
import dev.edit.contracts.recipe.SftView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run trains on: the views of the log that its recipe asks for, in the order of ids.
 *
 * @param sft what SFT reads
 * @param pairs what KRSL or DPO reads, right side first; empty where the recipe has neither
 * @param heldOut problems of which no stage reads anything, to choose the best epoch with
 * @param records records in the range, of the selected tasks, one an id, without those of duals
 *     that the selector holds out
 * @param tooLong records of which a view left something out because it exceeds the maximal length
 * @param sha256 hex digest of the canonical encodings of the records used, in the order of ids
 */
public record TrainingSet(
    List<Item> sft,
    List<Item> pairs,
    List<Question> heldOut,
    int records,
    int tooLong,
    String sha256) {

  public TrainingSet {
    sft = List.copyOf(sft);
    pairs = List.copyOf(pairs);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * A held-out problem.
   *
   * @param prompt token ids of what a student of the run's recipe is asked
   * @param answer the gold answer
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
  public record Question(int[] prompt, String answer) {}

  /**
   * Selects a run's views.
   *
   * @param log records in the order of the log; of two with one id the later one counts
   * @throws InvalidRecordException where a record is of the test split, of which nothing is ever
   *     trained on, or was cut into tokens by another tokenizer than the student's
   */
  public static TrainingSet select(Collection<KeySteps> log, Run run, StudentText text) {
    return new Selection(run, text).of(newest(log, run));
  }

  private static List<KeySteps> newest(Collection<KeySteps> log, Run run) {
    Map<String, KeySteps> newest = new TreeMap<>();
    log.forEach(record -> newest.put(record.problem().id(), record));
    List<String> tasks = run.dataset().tasks();
    newest.values().removeIf(r -> !tasks.isEmpty() && !tasks.contains(r.problem().task()));
    newest.keySet().removeIf(run.dataset()::holdsOut);
    Integer most = run.dataset().maxRecords();
    List<KeySteps> records = List.copyOf(newest.values());
    return most == null ? records : new Draw(run.seed(), "records").some(records, most);
  }

  /** One pass over the records. */
  private static final class Selection {
    private final Run run;
    private final StudentText text;
    private final int maxLength;
    private final List<Item> sft = new ArrayList<>();
    private final List<Item> pairs = new ArrayList<>();
    private final List<KeySteps> used = new ArrayList<>();
    private int tooLong;
    private int allRight;

    Selection(Run run, StudentText text) {
      this.run = run;
      this.text = text;
      this.maxLength = run.hyperparameters().maxLength();
    }

    TrainingSet of(List<KeySteps> records) {
      records.forEach(this::check);
      List<KeySteps> heldOut = heldOut(records);
      List<KeySteps> rest = new ArrayList<>(records);
      Set<String> heldOutIds = heldOut.stream().map(KeySteps::key).collect(Collectors.toSet());
      rest.removeIf(record -> heldOutIds.contains(record.key()));
      Set<String> pairIds = pairIds(rest);
      SftItems view = new SftItems(run.recipe(), text);
      rest.forEach(record -> add(record, pairIds.contains(record.key()), view));
      return new TrainingSet(
          repeated(pairIds.size()),
          pairs,
          heldOut.stream().map(this::question).toList(),
          records.size(),
          tooLong,
          digest(used));
    }

    private void add(KeySteps record, boolean pair, SftItems view) {
      boolean second = pair && run.recipe().secondStage() != SecondStage.NONE;
      List<Item> offered = new ArrayList<>(view.of(record, pair));
      List<Item> taken = offered.stream().filter(this::fits).toList();
      Item both = second ? pair(record) : null;
      boolean bothFit = both != null && fits(both);
      sft.addAll(taken);
      if (bothFit) {
        pairs.add(both);
      }
      allRight += record.promptIds().length + record.right().ids().length <= maxLength ? 1 : 0;
      if (!taken.isEmpty() || bothFit) {
        used.add(record);
      }
      if (taken.size() < offered.size() || (second && !bothFit)) {
        tooLong++;
      }
    }

    /** EDIT's amount of data: every right chain of thought once, and every wrong one of a pair. */
    private List<Item> repeated(int wrong) {
      return run.recipe().sftView() == SftView.OWN_RIGHT_REPEATED && !sft.isEmpty()
          ? new Draw(run.seed(), "repeat").repeated(sft, Math.max(sft.size(), allRight + wrong))
          : sft;
    }

    private Set<String> pairIds(List<KeySteps> records) {
      List<String> ids = records.stream().filter(this::isPair).map(KeySteps::key).toList();
      Run.DualFilter filter = run.dataset().duals();
      return new HashSet<>(
          filter == null || filter.maxPairs() == null
              ? ids
              : new Draw(run.seed(), "pairs").some(ids, filter.maxPairs()));
    }

    private boolean isPair(KeySteps record) {
      Run.DualFilter filter = run.dataset().duals();
      if (record.dual().isEmpty() || filter == null) {
        return record.dual().isPresent();
      }
      boolean origin = filter.origins().isEmpty() || filter.origins().contains(record.origin());
      boolean mistake =
          filter.mistakes().isEmpty()
              || (record.mistake() != null && filter.mistakes().contains(record.mistake()));
      return origin
          && mistake
          && (filter.minSimilarity() == null || record.similarity() >= filter.minSimilarity())
          && (filter.maxSimilarity() == null || record.similarity() <= filter.maxSimilarity());
    }

    private List<KeySteps> heldOut(List<KeySteps> records) {
      KeepBestSpec best = run.hyperparameters().keepBest();
      if (best == null) {
        return List.of();
      }
      int share = (int) Math.ceil(best.heldOut() * records.size());
      return new Draw(run.seed(), "held-out").some(records, Math.min(share, best.maxProblems()));
    }

    private Question question(KeySteps record) {
      String prefix = run.recipe().questionPrefix();
      int[] prompt =
          prefix.isEmpty()
              ? record.promptIds()
              : text.prompt(StudentPrompt.render(prefix + record.problem().question()));
      return new Question(prompt, record.problem().answer());
    }

    private boolean fits(Item item) {
      return item.longest() <= maxLength;
    }

    private void check(KeySteps record) {
      if (record.problem().split() != Problem.Split.TRAIN) {
        throw new InvalidRecordException(
            "problem.split of " + record.key(), record.problem().split(), "train");
      }
      if (!record.tokenizer().equals(text.fingerprint())) {
        throw new InvalidRecordException(
            "tokenizer of " + record.key(),
            record.tokenizer(),
            "the student's own tokenizer " + text.fingerprint());
      }
    }
  }

  private static Item pair(KeySteps record) {
    return new Item(
        record.key(), List.of(keyed(record, record.right()), keyed(record, record.wrong())));
  }

  private static Response keyed(KeySteps record, KeySteps.Side side) {
    boolean[] marks = new boolean[side.ids().length];
    for (int[] span : side.keyTokens()) {
      Arrays.fill(marks, span[0], span[1], true);
    }
    return new Response(record.promptIds(), side.ids(), marks);
  }

  private static String digest(List<KeySteps> used) {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    Sha256 digest = new Sha256();
    used.forEach(record -> digest.add(codec.encode(record)));
    return digest.hex();
  }
}
