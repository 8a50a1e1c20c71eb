package dev.edit.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.HeldOut;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutDualsTest {
  private static final String TOKENIZER = "sha256:t";
  private static final List<String> IDS =
      IntStream.range(0, 400).mapToObj(i -> "sums/%03d".formatted(i)).toList();

  @Test
  void shouldTakeWhatTheSelectorHoldsOutAndNothingElse() {
    List<String> taken = ids(duals(0.1, 1_000, IDS));

    assertThat(taken)
        .isEqualTo(IDS.stream().filter(id -> HeldOut.holds(0.1, id)).toList())
        .hasSizeBetween(20, 60);
  }

  @Test
  void shouldChooseTheSameWhateverTheOrderWhenThereAreTooMany() {
    List<String> nearest =
        IDS.stream().sorted(Comparator.comparingDouble(HeldOut::place)).limit(7).sorted().toList();
    for (long seed = 0; seed < 5; seed++) {
      List<String> shuffled = new ArrayList<>(IDS);
      shuffled.addAll(IDS.subList(0, 50));
      Collections.shuffle(shuffled, new Random(seed));

      assertThat(ids(duals(0.5, 7, shuffled))).as("seed %d", seed).isEqualTo(nearest);
    }
  }

  @Test
  void shouldLeaveOutWhatTheStudentCannotReadOrTheRunDidNotSelect() {
    HeldOutDuals duals =
        new HeldOutDuals(
            new Run.DatasetSelector(List.of(), List.of("signs"), null, null, 0.9), TOKENIZER, 9);
    IDS.forEach(id -> duals.add(Duals.pair(id, TOKENIZER)));
    assertThat(duals.pairs()).isEmpty();

    assertThat(ids(duals(0.9, 9, List.of()))).isEmpty();
    HeldOutDuals other = new HeldOutDuals(selector(0.9), "sha256:other", 9);
    IDS.forEach(id -> other.add(Duals.pair(id, TOKENIZER)));
    assertThat(other.pairs()).isEmpty();
  }

  @Test
  void shouldForgetWhatTheLogTakesBack() {
    HeldOutDuals duals = duals(0.1, 1_000, IDS);
    String first = ids(duals).get(0);

    duals.remove(first);

    assertThat(ids(duals)).isNotEmpty().doesNotContain(first);
  }

  private static HeldOutDuals duals(double share, int most, List<String> ids) {
    HeldOutDuals duals = new HeldOutDuals(selector(share), TOKENIZER, most);
    ids.forEach(id -> duals.add(Duals.pair(id, TOKENIZER)));
    return duals;
  }

  private static Run.DatasetSelector selector(double share) {
    return new Run.DatasetSelector(List.of(), List.of(), null, null, share);
  }

  private static List<String> ids(HeldOutDuals duals) {
    return duals.pairs().stream().map(KeySteps::key).toList();
  }
}
