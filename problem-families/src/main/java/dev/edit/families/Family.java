package dev.edit.families;

import java.util.Optional;
import java.util.Random;

/** Problems of one kind. Implementations are stateless. */
public interface Family {

  /** The task name that its problems carry, such as {@code navigate}. */
  String name();

  /** What its questions ask for, in one sentence. */
  String description();

  /**
   * Draws a puzzle.
   *
   * @param random where the draw comes from; the same state gives the same puzzle
   * @param difficulty how many moves the question names, from 1 to {@link #hardest()}
   * @throws IllegalArgumentException if the difficulty is outside of that range
   */
  Puzzle generate(Random random, int difficulty);

  /** The largest difficulty it can draw. */
  int hardest();

  /** The puzzle that a question of this family states; empty for any other text. */
  Optional<Puzzle> parse(String question);
}
