package dev.edit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  private static final List<String> IDS =
      IntStream.range(0, 10_000).mapToObj(i -> "navigate/train/%05d".formatted(i)).toList();

  @Test
  void shouldHoldOutAboutTheShareWhenThereAreManyProblems() {
    assertThat(IDS.stream().filter(id -> HeldOut.holds(0.05, id)).count()).isBetween(430L, 570L);
    assertThat(IDS).noneMatch(id -> HeldOut.holds(0, id));
    assertThat(IDS).allMatch(id -> HeldOut.holds(1, id));
  }

  @Test
  void shouldHoldOutAllOfASmallerShareWhenTheShareGrows() {
    assertThat(IDS)
        .filteredOn(id -> HeldOut.holds(0.1, id))
        .containsAll(IDS.stream().filter(id -> HeldOut.holds(0.05, id)).toList());
  }

  /** A run that is evaluated years later must find the problems that it was not trained on. */
  @Test
  void shouldHoldOutTheSameForEver() {
    assertThat(HeldOut.place("navigate/train/00017")).isEqualTo(0.7349557436933412);
  }
}
