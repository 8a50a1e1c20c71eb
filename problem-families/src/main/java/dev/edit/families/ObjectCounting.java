package dev.edit.families;

import static dev.edit.families.SmallNumbers.miscounts;
import static dev.edit.families.SmallNumbers.sum;
import static dev.edit.families.SmallNumbers.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Things of several classes, of which one class is counted. KNOWLEDGE: a thing put into the wrong
 * class. CALCULATION: a total one or two off. LOGICAL: a thing counted or left out in spite of its
 * class.
 */
final class ObjectCounting implements Family {
  private static final int LEAST = 2;
  private static final int MOST = 5;
  private static final Map<String, String> CLASS_OF =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("apples", "fruits"),
              Map.entry("pears", "fruits"),
              Map.entry("plums", "fruits"),
              Map.entry("grapes", "fruits"),
              Map.entry("cats", "animals"),
              Map.entry("dogs", "animals"),
              Map.entry("cows", "animals"),
              Map.entry("frogs", "animals"),
              Map.entry("drums", "instruments"),
              Map.entry("flutes", "instruments"),
              Map.entry("harps", "instruments"),
              Map.entry("pianos", "instruments")));
  private static final List<String> THINGS = List.copyOf(CLASS_OF.keySet());
  private static final List<String> CLASSES =
      CLASS_OF.values().stream().distinct().sorted().toList();

  private static final Pattern QUESTION =
      Pattern.compile("I have ((?:\\d [a-z]+(?:, | and )?)+)\\. How many ([a-z]+) do I have\\?");
  private static final Pattern ITEM = Pattern.compile("(\\d) ([a-z]+)");

  @Override
  public String name() {
    return "object_counting";
  }

  @Override
  public String description() {
    return "Count the things of one class in a list of things.";
  }

  @Override
  public int hardest() {
    return 10;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    int size = SmallNumbers.difficulty(difficulty, hardest());
    while (true) {
      List<String> things = new ArrayList<>(THINGS);
      Collections.shuffle(things, random);
      List<Item> items = new ArrayList<>();
      for (String thing : things.subList(0, size)) {
        items.add(new Item(LEAST + random.nextInt(MOST - LEAST + 1), thing));
      }
      String wanted = CLASSES.get(random.nextInt(CLASSES.size()));
      Count count = new Count(items, wanted);
      int total = count.total();
      if (total > 0 && within(total)) {
        return new Puzzle(name(), count);
      }
    }
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches() || !CLASSES.contains(matcher.group(2))) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>();
    Matcher item = ITEM.matcher(matcher.group(1));
    while (item.find()) {
      if (!CLASS_OF.containsKey(item.group(2))) {
        return Optional.empty();
      }
      items.add(new Item(Integer.parseInt(item.group(1)), item.group(2)));
    }
    return Families.puzzle(name(), new Count(items, matcher.group(2)), question);
  }

  private record Item(int number, String thing) {
    @Override
    public String toString() {
      return number + " " + thing;
    }
  }

  private record Count(List<Item> items, String wanted) implements Course<Integer> {
    private Count {
      items = List.copyOf(items);
    }

    int total() {
      return items.stream()
          .filter(item -> wanted.equals(CLASS_OF.get(item.thing())))
          .mapToInt(Item::number)
          .sum();
    }

    @Override
    public String question() {
      String last = items.get(items.size() - 1).toString();
      String others =
          items.subList(0, items.size() - 1).stream()
              .map(Item::toString)
              .collect(Collectors.joining(", "));
      String list = others.isEmpty() ? last : others + " and " + last;
      return "I have " + list + ". How many " + wanted + " do I have?";
    }

    @Override
    public int steps() {
      return items.size();
    }

    @Override
    public Integer start() {
      return 0;
    }

    @Override
    public Turn<Integer> turn(int step, Integer total) {
      Item item = items.get(step);
      String kind = CLASS_OF.get(item.thing());
      int result = kind.equals(wanted) ? total + item.number() : total;
      return to(step, total, kind, result);
    }

    @Override
    public List<Slip<Integer>> slips(int step, Integer total) {
      Item item = items.get(step);
      String kind = CLASS_OF.get(item.thing());
      List<Slip<Integer>> slips = new ArrayList<>();
      if (kind.equals(wanted)) {
        for (String other : CLASSES) {
          if (!other.equals(wanted)) {
            slips.add(new Slip<>(MistakeKind.KNOWLEDGE, to(step, total, other, total)));
          }
        }
        slips.add(new Slip<>(MistakeKind.LOGICAL, to(step, total, kind, total)));
        for (int result : miscounts(total + item.number())) {
          if (result > total) {
            slips.add(new Slip<>(MistakeKind.CALCULATION, to(step, total, kind, result)));
          }
        }
      } else {
        int counted = total + item.number();
        slips.add(new Slip<>(MistakeKind.KNOWLEDGE, to(step, total, wanted, counted)));
        slips.add(new Slip<>(MistakeKind.LOGICAL, to(step, total, kind, counted)));
      }
      return slips;
    }

    private Turn<Integer> to(int step, int total, String kind, int result) {
      Item item = items.get(step);
      String outcome = result == total ? "still " + total : sum(total, item.number(), result);
      return new Turn<>(item.thing() + " are " + kind + ": " + outcome + ".", result);
    }

    @Override
    public boolean sound(Integer total) {
      return within(total);
    }

    @Override
    public String answer(Integer end) {
      return end.toString();
    }
  }
}
