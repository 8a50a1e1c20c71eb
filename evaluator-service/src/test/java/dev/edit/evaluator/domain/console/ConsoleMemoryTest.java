package dev.edit.evaluator.domain.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import org.junit.jupiter.api.Test;

/** A million records fit, and a question about them is a scan. */
class ConsoleMemoryTest {
  private static final int RECORDS = 1_000_000;
  private static final long MOST_BYTES_A_RECORD = 120;

  @Test
  void shouldStaySmallWhenAMillionRecordsCame() {
    KeySteps sample = ConsoleRecords.pair("x", "sums", DualCot.Origin.CORRUPTED, "logical", 0.9);
    ConsoleState state = ConsoleState.empty(2 * RECORDS, 100, 100);
    long before = used();

    for (int i = 0; i < RECORDS; i++) {
      state.put(new LogPlace(i % 6, i / 6), named(sample, "sums/train/" + i));
    }

    assertThat(state.pairs().page(PairFilter.ALL, 0, 20).total()).isEqualTo(RECORDS);
    assertThat(state.totals().totals().aligned()).isEqualTo(RECORDS);
    assertThat(used() - before).isLessThan(RECORDS * MOST_BYTES_A_RECORD);
  }

  private static KeySteps named(KeySteps sample, String id) {
    return new KeySteps(
        ConsoleRecords.train(id, "sums", "?"),
        sample.tokenizer(),
        sample.rule(),
        sample.promptIds(),
        sample.right(),
        sample.wrong(),
        sample.similarity(),
        sample.keyFraction(),
        sample.origin(),
        sample.mistake());
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    // A full collection, so that only what is reachable counts.
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
