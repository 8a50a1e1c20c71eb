package dev.edit.families;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A question with its solver. Two puzzles are equal where their family and all they ask are.
 * Immutable.
 */
public final class Puzzle {
  private final String family;
  private final Course<?> course;
  private final Wording wording;
  private final Solution solution;

  Puzzle(String family, Course<?> course) {
    this.family = family;
    this.course = course;
    this.wording = Wording.of(course.question());
    this.solution =
        walk(course, wording, Optional.empty())
            .orElseThrow(
                () -> new IllegalArgumentException("no sound solution of: " + course.question()));
  }

  /** The name of its family. */
  public String family() {
    return family;
  }

  /** The question, on one line. */
  public String question() {
    return course.question();
  }

  /** The gold answer, from the solver. */
  public String answer() {
    return solution.answer();
  }

  /** The number of moves the question names, at least 1. */
  public int difficulty() {
    return course.difficulty();
  }

  /** The right chain of thought; always the same. */
  public Solution solve() {
    return solution;
  }

  /** Every mistake that {@link #solveWithMistake} can make here; never empty. */
  public List<Mistake> mistakes() {
    Set<Mistake> possible = new LinkedHashSet<>();
    for (int step = 0; step < course.steps(); step++) {
      for (MistakeKind kind : MistakeKind.values()) {
        if (!mistaken(course, new Mistake(step, kind)).isEmpty()) {
          possible.add(new Mistake(step, kind));
        }
      }
    }
    return List.copyOf(possible);
  }

  /**
   * A chain of thought along the same path in which one step is mistaken; the steps before it are
   * right and those after it follow truthfully from it. Its answer differs from the gold answer.
   *
   * @param step the step to mistake, from 0
   * @param kind what shall go wrong
   * @param random picks between the mistakes of that kind
   * @return empty where no mistake of that kind in that step changes the answer
   */
  public Optional<Solution> solveWithMistake(int step, MistakeKind kind, Random random) {
    List<Solution> choices = mistaken(course, new Mistake(step, kind));
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(choices.get(random.nextInt(choices.size())));
  }

  /**
   * The mistake in a chain of thought that {@link #solveWithMistake} can write here; empty for any
   * other text. Where one text can come from mistakes of several kinds, it is the first of {@link
   * #mistakes}.
   */
  public Optional<Mistake> diagnose(String text) {
    return mistakes().stream()
        .filter(
            mistake ->
                mistaken(course, mistake).stream().anyMatch(wrong -> wrong.text().equals(text)))
        .findFirst();
  }

  private <S> List<Solution> mistaken(Course<S> path, Mistake mistake) {
    if (mistake.step() < 0 || mistake.step() >= path.steps()) {
      throw new IllegalArgumentException(
          "step: expected 0 to " + (path.steps() - 1) + ", got " + mistake.step());
    }
    S state = path.start();
    for (int step = 0; step < mistake.step(); step++) {
      state = path.turn(step, state).state();
    }
    Set<Solution> distinct = new LinkedHashSet<>();
    for (Slip<S> slip : path.slips(mistake.step(), state)) {
      if (slip.kind() == mistake.kind()) {
        walk(path, wording, Optional.of(new Detour<>(mistake, slip.turn())))
            .filter(found -> !found.answer().equals(answer()))
            .ifPresent(distinct::add);
      }
    }
    return new ArrayList<>(distinct);
  }

  private static <S> Optional<Solution> walk(
      Course<S> path, Wording wording, Optional<Detour<S>> detour) {
    List<String> lines = new ArrayList<>();
    S state = path.start();
    for (int step = 0; step < path.steps(); step++) {
      boolean mistaken = detour.isPresent() && detour.get().mistake().step() == step;
      Turn<S> turn = mistaken ? detour.get().turn() : path.turn(step, state);
      lines.add(wording.line(step, turn.line()));
      state = turn.state();
      if (!path.sound(state)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Solution(lines, path.answer(state), detour.map(Detour::mistake)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Puzzle that && family.equals(that.family) && course.equals(that.course);
  }

  @Override
  public int hashCode() {
    return Objects.hash(family, course);
  }

  @Override
  public String toString() {
    return family + ": " + question();
  }

  private record Detour<S>(Mistake mistake, Turn<S> turn) {}
}
