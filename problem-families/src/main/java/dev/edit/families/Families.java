package dev.edit.families;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The families there are: those a student is trained on, and one it never is. */
public final class Families {

  /** In-domain: train and test problems. */
  public static final List<Family> TRAINED =
      List.of(
          new MultistepArithmetic(),
          new ObjectCounting(),
          new Navigate(),
          new DateUnderstanding(),
          new TrackingShuffledObjects(),
          new DyckLanguages());

  /** Never trained on. Its questions use the words of the others in another way. */
  public static final Family UNSEEN = new RelativeAges();

  /** All of them. */
  public static final List<Family> ALL =
      Stream.concat(TRAINED.stream(), Stream.of(UNSEEN)).toList();

  private Families() {}

  /** The puzzle that a question states, whichever family it is of; empty for any other text. */
  public static Optional<Puzzle> parse(String question) {
    return ALL.stream().flatMap(family -> family.parse(question).stream()).findFirst();
  }

  /** The puzzle of a parsed course; empty where the solver's path is not sound, or says more. */
  static Optional<Puzzle> puzzle(String family, Course<?> course, String question) {
    return course.question().equals(question) && solvable(course)
        ? Optional.of(new Puzzle(family, course))
        : Optional.empty();
  }

  private static <S> boolean solvable(Course<S> course) {
    S state = course.start();
    boolean sound = course.sound(state);
    for (int step = 0; sound && step < course.steps(); step++) {
      state = course.turn(step, state).state();
      sound = course.sound(state);
    }
    return sound;
  }
}
