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
    int first = random.nextInt(LARGEST + 1);
    List<Integer> changes = new ArrayList<>();
    int age = first;
    for (int i = 0; i < size; i++) {
      int change = SmallNumbers.change(random, age, MOST);
      changes.add(change);
      age += change;
    }
    return new Puzzle(name(), new Chain(people, first, changes));
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
      int by = Integer.parseInt(link.group(3));
      changes.add(link.group(2).equals("+") ? by : -by);
    }
    if (!People.NAMES.containsAll(people)) {
      return Optional.empty();
    }
    Chain chain = new Chain(people, Integer.parseInt(matcher.group(2)), changes);
    return Families.puzzle(name(), chain, question);
  }

  /** The state is the age of the person of the step before. */
  private record Chain(List<String> people, int first, List<Integer> changes)
      implements Course<Integer> {
    private Chain {
      people = List.copyOf(people);
      changes = List.copyOf(changes);
    }

    @Override
    public String question() {
      StringBuilder text = new StringBuilder("Today " + people.get(0) + " is " + first + ". ");
      for (int i = 0; i < changes.size(); i++) {
        text.append(people.get(i + 1)).append(" is ").append(people.get(i));
        text.append(' ').append(signed(changes.get(i))).append(". ");
      }
      return text + "What is " + people.get(people.size() - 1) + "?";
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
    public Turn<Integer> turn(int step, Integer age) {
      return to(step, age, changes.get(step), age + changes.get(step));
    }

    @Override
    public List<Slip<Integer>> slips(int step, Integer age) {
      int change = changes.get(step);
      List<Slip<Integer>> slips = new ArrayList<>();
      for (int result : miscounts(age + change)) {
        slips.add(new Slip<>(MistakeKind.CALCULATION, to(step, age, change, result)));
      }
      slips.add(new Slip<>(MistakeKind.LOGICAL, to(step, age, -change, age - change)));
      return slips;
    }

    private Turn<Integer> to(int step, int age, int change, int result) {
      String person = people.get(step + 1);
      return new Turn<>(person + " is " + sum(age, change, result) + ".", result);
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
