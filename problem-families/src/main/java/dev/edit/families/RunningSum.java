package dev.edit.families;

import static dev.edit.families.SmallNumbers.LARGEST;
import static dev.edit.families.SmallNumbers.miscounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A first number and the changes to it, one a step; every value on the way lies within 0 to 20.
 *
 * @param first the number before the first change
 * @param changes by how much it goes up or, negative, down
 */
record RunningSum(int first, List<Integer> changes) {

  /** How a family puts one step into words. */
  @FunctionalInterface
  interface Telling {
    Turn<Integer> tell(int change, int result);
  }

  RunningSum {
    changes = List.copyOf(changes);
  }

  /** A sum with {@code size} changes of 1 to {@code most}. */
  static RunningSum draw(Random random, int size, int most) {
    int first = random.nextInt(LARGEST + 1);
    List<Integer> changes = new ArrayList<>();
    int value = first;
    for (int i = 0; i < size; i++) {
      int change = SmallNumbers.change(random, value, most);
      changes.add(change);
      value += change;
    }
    return new RunningSum(first, changes);
  }

  /** A change as a question writes it: its sign and its digit. */
  static int change(String sign, String digit) {
    int by = Integer.parseInt(digit);
    return sign.equals("+") ? by : -by;
  }

  int size() {
    return changes.size();
  }

  /** The right step from a value. */
  Turn<Integer> turn(int step, int value, Telling telling) {
    return telling.tell(changes.get(step), value + changes.get(step));
  }

  /** The mistaken steps from a value: a result one or two off, the change the other way round. */
  List<Slip<Integer>> slips(int step, int value, Telling telling) {
    int change = changes.get(step);
    List<Slip<Integer>> slips = new ArrayList<>();
    for (int result : miscounts(value + change)) {
      slips.add(new Slip<>(MistakeKind.CALCULATION, telling.tell(change, result)));
    }
    slips.add(new Slip<>(MistakeKind.LOGICAL, telling.tell(-change, value - change)));
    return slips;
  }
}
