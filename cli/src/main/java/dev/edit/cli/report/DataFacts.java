package dev.edit.cli.report;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What findings say of the records that students were trained on. */
public final class DataFacts {
  private DataFacts() {}

  /** How many letters there are of each stage and reason. */
  public static Map<String, Integer> reasons(Collection<DeadLetter> letters) {
    Map<String, Integer> reasons = new TreeMap<>();
    for (DeadLetter letter : letters) {
      reasons.merge(letter.stage() + ": " + letter.reason(), 1, Integer::sum);
    }
    return reasons;
  }

  /** Key tokens among the response tokens of both sides of all duals; 0 without duals. */
  public static double keyTokenShare(List<KeySteps> records) {
    long key = 0;
    long all = 0;
    for (KeySteps record : records) {
      if (record.wrong() != null) {
        key += record.right().keyCount() + record.wrong().keyCount();
        all += record.right().ids().length + record.wrong().ids().length;
      }
    }
    return all == 0 ? 0 : (double) key / all;
  }

  /** SHA-256 of the records' bytes in the order given. */
  public static String digest(List<KeySteps> records) {
    Sha256 digest = new Sha256();
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    records.forEach(record -> digest.add(codec.encode(record)));
    return digest.hex();
  }
}
