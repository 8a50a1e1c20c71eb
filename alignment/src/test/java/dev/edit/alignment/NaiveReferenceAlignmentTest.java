package dev.edit.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NaiveReferenceAlignmentTest {

  private final KeyStepAligner aligner = new NaiveReferenceAlignment();

  @Test
  void shouldMarkTheReplacedTokenOnBothSidesWhenOneTokenDiffers() {
    KeyMasks masks = aligner.align(new int[] {9, 1, 2, 3}, new int[] {9, 1, 7, 3}, 1);

    assertThat(masks.rightKey()).isEqualTo(KeySpans.ofBounds(2, 3));
    assertThat(masks.wrongKey()).isEqualTo(KeySpans.ofBounds(2, 3));
    assertThat(masks.distance()).isEqualTo(1);
    assertThat(masks.similarity()).isEqualTo(1.0 - 1.0 / 3);
    assertThat(masks.keyShare()).isEqualTo(2.0 / 6);
  }

  @Test
  void shouldPreferDeleteBeforeDiagonalWhenTheyTie() {
    // "b a a" -> "c a" costs 2: delete the last a and replace b, or delete b and replace a by c.
    KeyMasks masks = aligner.align(new int[] {2, 1, 1}, new int[] {3, 1});

    assertThat(masks.rightKey().tokenIndexes()).containsExactly(0, 2);
    assertThat(masks.wrongKey().tokenIndexes()).containsExactly(0);
    assertThat(masks.distance()).isEqualTo(2);
  }

  @Test
  void shouldWalkEachSideInItsOwnDirectionWhenInsertAndDeleteTie() {
    // "a b" -> "b a": delete then insert and two replaces tie; right deletes its last token, wrong
    // its own last.
    KeyMasks masks = aligner.align(new int[] {1, 2}, new int[] {2, 1});

    assertThat(masks.distance()).isEqualTo(2);
    assertThat(masks.rightKey().tokenIndexes()).containsExactly(1);
    assertThat(masks.wrongKey().tokenIndexes()).containsExactly(1);
  }

  @Test
  void shouldMarkEverythingWhenTheOtherSideIsEmpty() {
    KeyMasks masks = aligner.align(new int[] {4, 5}, new int[0]);

    assertThat(masks.rightKey()).isEqualTo(KeySpans.ofBounds(0, 2));
    assertThat(masks.wrongKey()).isEqualTo(KeySpans.none());
    assertThat(masks.similarity()).isZero();
    assertThat(masks.keyShare()).isEqualTo(1.0);
  }

  @Test
  void shouldMarkNothingWhenBothSidesAreEqual() {
    KeyMasks masks = aligner.align(new int[] {4, 5}, new int[] {4, 5}, 2);

    assertThat(masks).isEqualTo(new KeyMasks(KeySpans.none(), KeySpans.none(), 0, 1.0, 0.0));
  }

  @Test
  void shouldRefuseWhenThePromptDiffers() {
    assertThatThrownBy(() -> aligner.align(new int[] {1, 2, 3}, new int[] {1, 5, 3}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first 2 tokens")
        .hasMessageContaining("token 1");
  }

  @Test
  void shouldRefuseWhenThePromptIsLongerThanASequence() {
    assertThatThrownBy(() -> aligner.align(new int[] {1, 2, 3}, new int[] {1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("promptLength: expected 0 to 1");
  }
}
