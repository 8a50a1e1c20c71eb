package dev.edit.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignmentRuleTest {

  @Test
  void shouldFindARuleWhenItsNameIsGiven() {
    assertThat(AlignmentRule.named("reference")).isSameAs(AlignmentRule.REFERENCE);
    assertThat(AlignmentRule.named("reference-padded")).isSameAs(AlignmentRule.REFERENCE_PADDED);
    assertThat(AlignmentRule.named("first-divergence")).isSameAs(AlignmentRule.FIRST_DIVERGENCE);
  }

  @Test
  void shouldListTheNamesWhenTheRuleIsUnknown() {
    assertThatThrownBy(() -> AlignmentRule.named("first"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rule: expected one of reference, reference-padded, first-divergence, got first");
  }

  @Test
  void shouldMarkIdenticalTailsWhenPaddedAndOneSideIsLonger() {
    int[] right = {5, 1, 8, 9};
    int[] wrong = {5, 8, 9};

    KeyMasks plain = AlignmentRule.REFERENCE.newAligner().align(right, wrong);
    KeyMasks padded = AlignmentRule.REFERENCE_PADDED.newAligner().align(right, wrong);

    assertThat(plain.distance()).isEqualTo(1);
    assertThat(padded.distance()).isEqualTo(2);
    assertThat(plain.rightKey().tokenIndexes()).containsExactly(1);
    assertThat(plain.wrongKey().tokenIndexes()).isEmpty();
    assertThat(padded.rightKey().tokenIndexes()).containsExactly(1);
  }

  @Test
  void shouldCountTheLengthDifferenceTwiceWhenPadded() {
    int[] right = IntStream.rangeClosed(1, 40).toArray();
    int[] wrong = IntStream.rangeClosed(1, 40).filter(id -> id < 10 || id >= 15).toArray();

    int plain = AlignmentRule.REFERENCE.newAligner().align(right, wrong).distance();
    int padded = AlignmentRule.REFERENCE_PADDED.newAligner().align(right, wrong).distance();

    assertThat(plain).isEqualTo(5);
    assertThat(padded).isEqualTo(10);
  }

  @Test
  void shouldRefuseToCutWhenASequenceIsLongerThanThePadding() {
    KeyStepAligner aligner = AlignmentRule.REFERENCE_PADDED.newAligner();

    assertThatThrownBy(() -> aligner.align(new int[] {1}, new int[1025]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wrong: expected at most 1024 tokens")
        .hasMessageContaining("1025");
  }

  @Test
  void shouldKeepTheFirstTokenOfEachSpanWhenOnlyDivergencesCount() {
    int[] right = {1, 2, 3, 4, 5, 6, 7};
    int[] wrong = {1, 12, 13, 4, 5, 7};

    KeyMasks whole = AlignmentRule.REFERENCE.newAligner().align(right, wrong);
    KeyMasks firsts = AlignmentRule.FIRST_DIVERGENCE.newAligner().align(right, wrong, 1);

    assertThat(whole.rightKey().tokenIndexes()).containsExactly(1, 2, 5);
    assertThat(firsts.rightKey().tokenIndexes()).containsExactly(1, 5);
    assertThat(firsts.wrongKey().tokenIndexes()).containsExactly(1);
    assertThat(firsts.distance()).isEqualTo(whole.distance());
    assertThat(firsts.keyShare()).isEqualTo(3.0 / 11);
    assertThat(AlignmentRule.FIRST_DIVERGENCE.newAligner().align(right, right.clone()).rightKey())
        .isEqualTo(KeySpans.none());
  }
}
