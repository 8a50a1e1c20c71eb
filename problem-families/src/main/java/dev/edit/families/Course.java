package dev.edit.families;

import java.util.List;

/**
 * The path through one puzzle: a state and one turn for each step. Implementations are records, so
 * that equal puzzles are equal.
 *
 * @param <S> what is known between two steps; immutable
 */
interface Course<S> {

  /** The question, on one line. */
  String question();

  /** How many turns a solution takes, at least 1. */
  int steps();

  /** How hard it is: the number of moves the question names, at least 1; mostly one a turn. */
  default int difficulty() {
    return steps();
  }

  /** What is known before the first turn. */
  S start();

  /** The right turn from a state, whether a mistake led there or not. */
  Turn<S> turn(int step, S state);

  /** The mistaken turns from a state; some may write or lead to the same as the right one. */
  List<Slip<S>> slips(int step, S state);

  /**
   * Whether the course can go on from a state. A right solution meets sound states only; a mistake
   * whose consequences leave them is not used.
   */
  boolean sound(S state);

  /** What the state after the last turn answers. */
  String answer(S end);
}
