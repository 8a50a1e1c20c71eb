package dev.edit.aligner.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.alignment.KeySpans;
import dev.edit.contracts.KeySteps;
import dev.edit.tokenizer.Encoding;
import org.junit.jupiter.api.Test;

class ResponseTest {
  /** "ab", then one character of two units as three byte tokens, then "c". */
  private static final Response RESPONSE =
      new Response(
          "ab\ud83d\ude00c",
          new Encoding(
              new int[] {10, 11, 12, 13, 14}, new int[] {0, 2, 2, 2, 4}, new int[] {2, 4, 4, 4, 5}),
          3);

  @Test
  void shouldEndInAnEmptyRangeWhenEosAloneIsKey() {
    KeySteps.Side side = RESPONSE.withKeys(KeySpans.ofBounds(12, 13), 7);
    assertThat(side.keyTokens()).isDeepEqualTo(new int[][] {{5, 6}});
    assertThat(side.keyCharacters()).isDeepEqualTo(new int[][] {{5, 5}});
  }

  @Test
  void shouldReachTheEndOfTheTextWhenASpanEndsInEos() {
    KeySteps.Side side = RESPONSE.withKeys(KeySpans.ofBounds(4, 6), 0);
    assertThat(side.keyTokens()).isDeepEqualTo(new int[][] {{4, 6}});
    assertThat(side.keyCharacters()).isDeepEqualTo(new int[][] {{4, 5}});
  }

  @Test
  void shouldNotOverlapWhenTwoSpansShareOneCharacter() {
    KeySteps.Side side = RESPONSE.withKeys(KeySpans.ofBounds(0, 2, 3, 5), 0);
    assertThat(side.keyTokens()).isDeepEqualTo(new int[][] {{0, 2}, {3, 5}});
    assertThat(side.keyCharacters()).isDeepEqualTo(new int[][] {{0, 4}, {4, 5}});
  }
}
