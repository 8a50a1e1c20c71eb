package dev.edit.families;

import static dev.edit.families.SmallNumbers.LARGEST;
import static dev.edit.families.SmallNumbers.miscounts;
import static dev.edit.families.SmallNumbers.signed;
import static dev.edit.families.SmallNumbers.sum;
import static dev.edit.families.SmallNumbers.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sums and differences worked out from left to right. CALCULATION: a result one or two off.
 * LOGICAL: a number added that is to be taken away, or the other way round. KNOWLEDGE does not
 * occur.
 */
final class MultistepArithmetic implements Family {
  private static final int MOST = 6;
  private static final Pattern QUESTION = Pattern.compile("What is (\\d{1,2})((?: [+-] \\d)+)\\?");
  private static final Pattern TERM = Pattern.compile(" ([+-]) (\\d)");

  @Override
  public String name() {
    return "multistep_arithmetic";
  }

  @Override
  public String description() {
    return "Work out a sum of small numbers from left to right.";
  }

  @Override
  public int hardest() {
    return 10;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    int first = random.nextInt(LARGEST + 1);
    List<Integer> changes = new ArrayList<>();
    int value = first;
    for (int i = 0; i < SmallNumbers.difficulty(difficulty, hardest()); i++) {
      int change = SmallNumbers.change(random, value, MOST);
      changes.add(change);
      value += change;
    }
    return new Puzzle(name(), new Sum(first, changes));
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> changes = new ArrayList<>();
    Matcher term = TERM.matcher(matcher.group(2));
    while (term.find()) {
      int by = Integer.parseInt(term.group(2));
      changes.add(term.group(1).equals("+") ? by : -by);
    }
    return Families.puzzle(name(), new Sum(Integer.parseInt(matcher.group(1)), changes), question);
  }

  private record Sum(int first, List<Integer> changes) implements Course<Integer> {
    private Sum {
      changes = List.copyOf(changes);
    }

    @Override
    public String question() {
      StringBuilder terms = new StringBuilder("What is " + first);
      changes.forEach(change -> terms.append(' ').append(signed(change)));
      return terms.append('?').toString();
    }

    @Override
    public int difficulty() {
      return changes.size();
    }

    @Override
    public int steps() {
      return changes.size();
    }

    @Override
    public Integer start() {
      return first;
    }

    @Override
    public Turn<Integer> turn(int step, Integer value) {
      return to(value, changes.get(step), value + changes.get(step));
    }

    @Override
    public List<Slip<Integer>> slips(int step, Integer value) {
      int change = changes.get(step);
      List<Slip<Integer>> slips = new ArrayList<>();
      for (int result : miscounts(value + change)) {
        slips.add(new Slip<>(MistakeKind.CALCULATION, to(value, change, result)));
      }
      slips.add(new Slip<>(MistakeKind.LOGICAL, to(value, -change, value - change)));
      return slips;
    }

    private Turn<Integer> to(int value, int change, int result) {
      return new Turn<>(sum(value, change, result) + ".", result);
    }

    @Override
    public boolean sound(Integer value) {
      return within(value);
    }

    @Override
    public String answer(Integer end) {
      return end.toString();
    }
  }
}
