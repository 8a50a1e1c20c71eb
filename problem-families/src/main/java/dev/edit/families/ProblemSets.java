package dev.edit.families;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Problems to train on and to test on, from a seed. No question occurs twice, in one set or in two,
 * and none is one of the {@link WorkedExamples}. The same seed and test sizes give the same test
 * sets, whatever the size of the train set.
 *
 * @param train trained families at difficulty {@value #EASIEST} to {@value #HARDEST}, evenly
 * @param test as {@code train}; source {@value #SOURCE_IN}
 * @param harder trained families, one move longer; source {@value #SOURCE_HARDER}
 * @param unseen {@link Families#UNSEEN} at difficulty 2 to 4; source {@value #SOURCE_UNSEEN}
 */
public record ProblemSets(
    List<Problem> train, List<Problem> test, List<Problem> harder, List<Problem> unseen) {

  /** The least difficulty of the train set. */
  public static final int EASIEST = 2;

  /** The greatest difficulty of the train set. */
  public static final int HARDEST = 5;

  public static final String SOURCE_IN = "families-in";
  public static final String SOURCE_HARDER = "families-harder";
  public static final String SOURCE_UNSEEN = "families-unseen";

  /** So many draws in a row without a new question mean that a difficulty has run out of them. */
  private static final int PATIENCE = 500;

  public ProblemSets {
    train = List.copyOf(train);
    test = List.copyOf(test);
    harder = List.copyOf(harder);
    unseen = List.copyOf(unseen);
  }

  /** All problems, those of the train set last. */
  public Stream<Problem> all() {
    return Stream.of(test, harder, unseen, train).flatMap(List::stream);
  }

  /**
   * Draws the sets. Families and difficulties alternate, so that each is met equally often; where a
   * family has no new question at a difficulty, the next greater one takes its place.
   *
   * @throws IllegalArgumentException if a family has too few questions for the sizes
   */
  public static ProblemSets generate(long seed, SetSizes sizes) {
    Set<String> taken = new HashSet<>(WorkedExamples.questions());
    List<Family> trained = Families.TRAINED;
    List<Family> unseen = List.of(Families.UNSEEN);
    Draw test = new Draw("test", trained, EASIEST, HARDEST, Split.TEST, Domain.IN, SOURCE_IN);
    Draw harder =
        new Draw(
            "harder", trained, HARDEST + 1, HARDEST + 1, Split.TEST, Domain.OUT, SOURCE_HARDER);
    Draw other =
        new Draw("unseen", unseen, EASIEST, HARDEST - 1, Split.TEST, Domain.OUT, SOURCE_UNSEEN);
    Draw train = new Draw("train", trained, EASIEST, HARDEST, Split.TRAIN, Domain.IN, SOURCE_IN);
    // Test sets come first: they must not depend on how much there is to train on.
    List<Problem> testProblems = test.problems(seed, sizes.test(), taken);
    List<Problem> harderProblems = harder.problems(seed, sizes.harder(), taken);
    List<Problem> unseenProblems = other.problems(seed, sizes.unseen(), taken);
    return new ProblemSets(
        train.problems(seed, sizes.train(), taken), testProblems, harderProblems, unseenProblems);
  }

  /** How one set is drawn. */
  private record Draw(
      String set,
      List<Family> families,
      int easiest,
      int hardest,
      Split split,
      Domain domain,
      String source) {

    List<Problem> problems(long seed, int count, Set<String> taken) {
      List<Random> streams =
          families.stream().map(f -> Seeds.stream(seed, "problems", set, f.name())).toList();
      List<Problem> problems = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int which = i % families.size();
        int number = i / families.size();
        int difficulty = easiest + number % (hardest - easiest + 1);
        Family family = families.get(which);
        Puzzle puzzle = fresh(family, streams.get(which), difficulty, taken);
        problems.add(problem("%s/%s/%05d".formatted(family.name(), set, number), puzzle));
      }
      return problems;
    }

    private Puzzle fresh(Family family, Random random, int wished, Set<String> taken) {
      for (int difficulty = wished; difficulty <= hardest; difficulty++) {
        for (int draw = 0; draw < PATIENCE; draw++) {
          Puzzle puzzle = family.generate(random, difficulty);
          if (taken.add(puzzle.question())) {
            return puzzle;
          }
        }
      }
      throw new IllegalArgumentException(
          "%s: expected a smaller set, %s has no new question at difficulty %d to %d"
              .formatted(set, family.name(), wished, hardest));
    }

    private Problem problem(String id, Puzzle puzzle) {
      return new Problem(
          id, puzzle.family(), puzzle.question(), puzzle.answer(), split, domain, source, null);
    }
  }
}
