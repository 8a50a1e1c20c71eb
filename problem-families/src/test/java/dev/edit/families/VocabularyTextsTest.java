package dev.edit.families;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VocabularyTextsTest {
  private static final Set<String> VOCABULARY =
      VocabularyTexts.texts().stream()
          .flatMap(text -> VocabularyTexts.pieces(text).stream())
          .collect(Collectors.toUnmodifiableSet());

  static Set<String> vocabulary() {
    return VOCABULARY;
  }

  @Test
  void shouldStaySmall() {
    assertThat(VOCABULARY).hasSizeBetween(80, 200);
    assertThat(VocabularyTexts.texts()).hasSizeLessThan(100);
  }

  @Test
  void shouldGiveTheTextBackWhenPiecesAreJoined() {
    for (String text : List.of("", "a  b\n\nc, 12.", " x", "( [ -5 <")) {
      assertThat(String.join("", VocabularyTexts.pieces(text))).isEqualTo(text);
    }
  }

  @Test
  void shouldHoldEveryPieceOfTheUnseenFamilyInTheTrainedOnes() {
    Set<String> trained = new HashSet<>();
    for (Family family : Families.TRAINED) {
      for (int seed = 0; seed < 500; seed++) {
        Puzzle puzzle = family.generate(new Random(seed), 2 + seed % 4);
        trained.addAll(VocabularyTexts.pieces(puzzle.question() + "\n" + puzzle.solve().text()));
      }
    }
    Set<String> unseen = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      Puzzle puzzle = Families.UNSEEN.generate(new Random(seed), 2 + seed % 3);
      unseen.addAll(VocabularyTexts.pieces(puzzle.question() + "\n" + puzzle.solve().text()));
    }
    assertThat(trained).containsAll(unseen);
  }
}
