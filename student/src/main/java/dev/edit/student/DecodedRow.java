package dev.edit.student;

import dev.edit.student.Continuation.Ending;
import java.util.Arrays;
import java.util.Set;

/** A prompt and what of its continuation is there; grows until it has an ending. */
final class DecodedRow {
  private final int index;
  private final int[] prompt;
  private final int limit;
  private final Draws draws;
  private int[] tokens = new int[16];
  private int count;
  private Ending ending;

  /**
   * @param index of the prompt among all
   * @param limit most tokens of the continuation
   * @param draws null where nothing is drawn
   */
  DecodedRow(int index, int[] prompt, int limit, Draws draws) {
    this.index = index;
    this.prompt = prompt;
    this.limit = limit;
    this.draws = draws;
  }

  int index() {
    return index;
  }

  int[] prompt() {
    return prompt;
  }

  int last() {
    return tokens[count - 1];
  }

  /** Cells of its slot that are filled: all but its last token have been read. */
  int cached() {
    return prompt.length + count - 1;
  }

  /** Tokens that may still come. */
  int left() {
    return limit - count;
  }

  double draw() {
    return draws.next();
  }

  boolean ended() {
    return ending != null;
  }

  Continuation continuation() {
    return new Continuation(Arrays.copyOf(tokens, count), ending);
  }

  /**
   * Takes cells of the script's answer until the row ends. The ending does not depend on how many
   * tokens come at a time: the rule is asked for its first place among the new ones.
   *
   * @param cells tokens, then -1 for places after the row's end
   */
  void take(long[] cells, int from, int to, Set<Integer> endTokens, StopRule stop) {
    int before = count;
    for (int i = from; i < to && cells[i] >= 0; i++) {
      if (count == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * count);
      }
      tokens[count++] = Math.toIntExact(cells[i]);
    }
    if (count == before) {
      throw new IllegalStateException("prompt " + index + ": no token came, expected one or more");
    }
    if (endTokens.contains(last())) {
      ending = Ending.END_TOKEN;
    } else if (count == limit) {
      ending = Ending.LENGTH;
    }
    int place = firstPlace(stop, before + 1);
    if (place < count || (place == count && ending != Ending.END_TOKEN)) {
      count = place;
      ending = Ending.STOP_RULE;
    }
  }

  /**
   * The fewest tokens, from {@code least} on, for which the rule holds; more than there are else.
   */
  private int firstPlace(StopRule stop, int least) {
    if (!stop.holds(Arrays.copyOf(tokens, count))) {
      return count + 1;
    }
    int low = least;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stop.holds(Arrays.copyOf(tokens, middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
