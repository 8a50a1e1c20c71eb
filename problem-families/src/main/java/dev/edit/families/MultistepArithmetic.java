package dev.edit.families;

import static dev.edit.families.SmallNumbers.signed;
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
    int size = SmallNumbers.difficulty(difficulty, hardest());
    return new Puzzle(name(), new Sum(RunningSum.draw(random, size, MOST)));
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
      changes.add(RunningSum.change(term.group(1), term.group(2)));
    }
    int first = Integer.parseInt(matcher.group(1));
    return Families.puzzle(name(), new Sum(new RunningSum(first, changes)), question);
  }

  private record Sum(RunningSum sum) implements Course<Integer> {
    @Override
    public String question() {
      StringBuilder terms = new StringBuilder("What is " + sum.first());
      sum.changes().forEach(change -> terms.append(' ').append(signed(change)));
      return terms.append('?').toString();
    }

    @Override
    public int steps() {
      return sum.size();
    }

    @Override
    public Integer start() {
      return sum.first();
    }

    @Override
    public Turn<Integer> turn(int step, Integer value) {
      return sum.turn(step, value, from(value));
    }

    @Override
    public List<Slip<Integer>> slips(int step, Integer value) {
      return sum.slips(step, value, from(value));
    }

    private static RunningSum.Telling from(int value) {
      return (change, result) -> new Turn<>(SmallNumbers.sum(value, change, result) + ".", result);
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
