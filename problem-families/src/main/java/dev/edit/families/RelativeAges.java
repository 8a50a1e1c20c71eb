package dev.edit.families;

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
 * Ages, each given by that of the person before. Every word of it occurs in another family, but no
 * other family names numbers by people. CALCULATION: an age one or two off. LOGICAL: younger taken
 * for older, or the other way round. KNOWLEDGE does not occur.
 */
final class RelativeAges implements Family {
  private static final int MOST = 5;
  private static final Pattern QUESTION =
      Pattern.compile(
          "Today ([A-Z][a-z]+) is (\\d{1,2})\\. ((?:[A-Z][a-z]+ is [A-Z][a-z]+ [+-] \\d\\. )+)"
              + "What is ([A-Z][a-z]+)\\?");
  private static final Pattern LINK =
      Pattern.compile("([A-Z][a-z]+) is [A-Z][a-z]+ ([+-]) (\\d)\\.");

  @Override
  public String name() {
    return "relative_ages";
  }

  @Override
  public String description() {
    return "Each person's age is given by the age of the person before; work out the last one.";
  }

  @Override
  public int hardest() {
    return People.NAMES.size() - 1;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    int size = SmallNumbers.difficulty(difficulty, hardest());
    List<String> people = People.draw(random, size + 1);
    return new Puzzle(name(), new Chain(people, RunningSum.draw(random, size, MOST)));
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> people = new ArrayList<>(List.of(matcher.group(1)));
    List<Integer> changes = new ArrayList<>();
    Matcher link = LINK.matcher(matcher.group(3));
    while (link.find()) {
      people.add(link.group(1));
      changes.add(RunningSum.change(link.group(2), link.group(3)));
    }
    if (!People.NAMES.containsAll(people)) {
      return Optional.empty();
    }
    RunningSum ages = new RunningSum(Integer.parseInt(matcher.group(2)), changes);
    return Families.puzzle(name(), new Chain(people, ages), question);
  }

  /** The state is the age of the person of the step before. */
  private record Chain(List<String> people, RunningSum ages) implements Course<Integer> {
    private Chain {
      people = List.copyOf(people);
    }

    @Override
    public String question() {
      StringBuilder text =
          new StringBuilder("Today " + people.get(0) + " is " + ages.first() + ". ");
      for (int i = 0; i < ages.size(); i++) {
        text.append(people.get(i + 1)).append(" is ").append(people.get(i));
        text.append(' ').append(signed(ages.changes().get(i))).append(". ");
      }
      return text + "What is " + people.get(people.size() - 1) + "?";
    }

    @Override
    public int steps() {
      return ages.size();
    }

    @Override
    public Integer start() {
      return ages.first();
    }

    @Override
    public Turn<Integer> turn(int step, Integer age) {
      return ages.turn(step, age, of(people.get(step + 1), age));
    }

    @Override
    public List<Slip<Integer>> slips(int step, Integer age) {
      return ages.slips(step, age, of(people.get(step + 1), age));
    }

    private static RunningSum.Telling of(String person, int age) {
      return (change, result) ->
          new Turn<>(person + " is " + sum(age, change, result) + ".", result);
    }

    @Override
    public boolean sound(Integer age) {
      return within(age);
    }

    @Override
    public String answer(Integer end) {
      return end.toString();
    }
  }
}
