package dev.edit.families;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The solved examples that prompts show, and pairs of a right and a mistaken solution. They are the
 * same for every seed, and no problem set holds their questions.
 */
public final class WorkedExamples {
  private static final long RESERVED_SEED = 2405_19737L;
  private static final List<Integer> DIFFICULTIES = List.of(2, 3, 4, 3, 4, 5);
  private static final int SOLVED = 3;

  private WorkedExamples() {}

  /** Three puzzles of a family, to be shown with their solutions, the shortest first. */
  public static List<Puzzle> solved(Family family) {
    return reserved(family).subList(0, SOLVED);
  }

  /** Three right and mistaken solutions of a family; their puzzles are not among the solved. */
  public static List<Pair> pairs(Family family) {
    Random random = Seeds.stream(RESERVED_SEED, "mistakes", family.name());
    List<Pair> pairs = new ArrayList<>();
    List<Puzzle> puzzles = reserved(family);
    for (Puzzle puzzle : puzzles.subList(SOLVED, puzzles.size())) {
      List<Mistake> choices = puzzle.mistakes();
      Mistake mistake = choices.get(random.nextInt(choices.size()));
      Solution wrong =
          puzzle.solveWithMistake(mistake.step(), mistake.kind(), random).orElseThrow();
      pairs.add(new Pair(puzzle, wrong));
    }
    return List.copyOf(pairs);
  }

  /** The questions that are used up. */
  static Set<String> questions() {
    return Families.ALL.stream()
        .flatMap(family -> reserved(family).stream())
        .map(Puzzle::question)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Puzzle> reserved(Family family) {
    Random random = Seeds.stream(RESERVED_SEED, "problems", family.name());
    Set<Puzzle> puzzles = new LinkedHashSet<>();
    while (puzzles.size() < DIFFICULTIES.size()) {
      puzzles.add(family.generate(random, DIFFICULTIES.get(puzzles.size())));
    }
    return List.copyOf(puzzles);
  }

  /**
   * Two solutions of one puzzle.
   *
   * @param puzzle the puzzle, with its right solution
   * @param wrong a solution with one mistake
   */
  public record Pair(Puzzle puzzle, Solution wrong) {}
}
