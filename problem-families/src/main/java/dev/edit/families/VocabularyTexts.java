package dev.edit.families;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that together hold every word piece which questions and solutions can hold, right and
 * mistaken, of all families and difficulties: samples to build a student's vocabulary from. A piece
 * is a word, a number or a sign, with the space before it if there is one.
 */
public final class VocabularyTexts {
  private static final Pattern PIECE =
      Pattern.compile(" ?[0-9]+| ?[A-Za-z]+| ?[^A-Za-z0-9 \\n]| |\\n");
  private static final long SEED = 1;
  private static final int PUZZLES_PER_DIFFICULTY = 40;

  private VocabularyTexts() {}

  /**
   * The texts: few and always the same. They are found by drawing puzzles and keeping those with a
   * piece that is new; even the rarest is in one puzzle of twenty, so none of them is missed in
   * some hundred draws.
   */
  public static List<String> texts() {
    Set<String> seen = new HashSet<>();
    List<String> texts = new ArrayList<>();
    for (int number = 0; number <= SmallNumbers.LARGEST; number++) {
      keep(" " + number, seen, texts);
    }
    for (Family family : Families.ALL) {
      Random random = Seeds.stream(SEED, "vocabulary", family.name());
      for (int difficulty = 1; difficulty <= family.hardest(); difficulty++) {
        for (int i = 0; i < PUZZLES_PER_DIFFICULTY; i++) {
          Puzzle puzzle = family.generate(random, difficulty);
          keep(puzzle.question() + "\n" + puzzle.solve().text(), seen, texts);
          int step = random.nextInt(puzzle.solve().steps().size());
          for (MistakeKind kind : MistakeKind.values()) {
            puzzle
                .solveWithMistake(step, kind, random)
                .ifPresent(wrong -> keep(wrong.text(), seen, texts));
          }
        }
      }
    }
    return List.copyOf(texts);
  }

  /** The pieces of a text, in order; joined again they are the text. */
  public static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }

  private static void keep(String text, Set<String> seen, List<String> texts) {
    if (seen.addAll(pieces(text))) {
      texts.add(text);
    }
  }
}
