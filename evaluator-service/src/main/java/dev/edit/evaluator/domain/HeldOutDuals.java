package dev.edit.evaluator.domain;

import dev.edit.contracts.HeldOut;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The dual chains of thought that a run's selector holds out: of more than {@code most} those that
 * the smallest share would hold out, so that the choice hangs on neither seed nor order. Holds no
 * more than that many records, however long the log is.
 */
public final class HeldOutDuals {
  private static final Comparator<KeySteps> NEAREST =
      Comparator.<KeySteps>comparingDouble(record -> HeldOut.place(record.key()))
          .thenComparing(KeySteps::key);

  private final Run.DatasetSelector selector;
  private final String tokenizer;
  private final int most;
  private final Map<String, KeySteps> chosen = new HashMap<>();
  private final PriorityQueue<KeySteps> farthestFirst = new PriorityQueue<>(NEAREST.reversed());

  /**
   * @param tokenizer fingerprint of the student's tokenizer; other records' ids mean nothing to it
   * @param most pairs that are kept
   */
  public HeldOutDuals(Run.DatasetSelector selector, String tokenizer, int most) {
    this.selector = selector;
    this.tokenizer = tokenizer;
    this.most = most;
  }

  /** Takes a record of the log, in place of an earlier one of its problem. */
  public void add(KeySteps record) {
    remove(record.key());
    boolean wanted =
        record.dual().isPresent()
            && record.tokenizer().equals(tokenizer)
            && (selector.tasks().isEmpty() || selector.tasks().contains(record.problem().task()))
            && selector.holdsOut(record.key());
    if (!wanted) {
      return;
    }
    chosen.put(record.key(), record);
    farthestFirst.add(record);
    if (chosen.size() > most) {
      chosen.remove(farthestFirst.remove().key());
    }
  }

  /** Takes back what the log held of a problem. */
  public void remove(String problem) {
    KeySteps earlier = chosen.remove(problem);
    if (earlier != null) {
      farthestFirst.remove(earlier);
    }
  }

  /** The pairs, in the order of their problems' ids. */
  public List<KeySteps> pairs() {
    List<KeySteps> pairs = new ArrayList<>(chosen.values());
    pairs.sort(Comparator.comparing(KeySteps::key));
    return pairs;
  }
}
