package dev.edit.families;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Three people hold one ball each and swap in pairs; who holds one of them at the end? LOGICAL: the
 * start misread, a swap overlooked, or one of other people taken to move the ball. Other kinds do
 * not occur.
 */
final class TrackingShuffledObjects implements Family {
  private static final int PEOPLE = 3;
  private static final List<String> BALLS = List.of("red", "blue", "green", "white", "black");
  private static final Pattern QUESTION =
      Pattern.compile(
          "First ((?:[A-Z][a-z]+ has [a-z]+(?:, )?){3})\\. ((?:Then [A-Z][a-z]+ and [A-Z][a-z]+ swap\\. )+)"
              + "Who has ([a-z]+)\\?");
  private static final Pattern HOLDING = Pattern.compile("([A-Z][a-z]+) has ([a-z]+)");
  private static final Pattern SWAP = Pattern.compile("Then ([A-Z][a-z]+) and ([A-Z][a-z]+) swap");

  @Override
  public String name() {
    return "tracking_shuffled_objects";
  }

  @Override
  public String description() {
    return "Three people swap the balls they hold in pairs; say who has a given ball at the end.";
  }

  @Override
  public int hardest() {
    return 10;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    List<String> people = People.draw(random, PEOPLE);
    List<String> balls = new ArrayList<>(BALLS);
    Collections.shuffle(balls, random);
    List<Swap> swaps = new ArrayList<>();
    for (int i = 0; i < SmallNumbers.difficulty(difficulty, hardest()); i++) {
      int left = random.nextInt(PEOPLE);
      int right = (left + 1 + random.nextInt(PEOPLE - 1)) % PEOPLE;
      swaps.add(new Swap(people.get(left), people.get(right)));
    }
    String asked = balls.get(random.nextInt(PEOPLE));
    return new Puzzle(name(), new Game(people, balls.subList(0, PEOPLE), swaps, asked));
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> people = new ArrayList<>();
    List<String> balls = new ArrayList<>();
    Matcher holding = HOLDING.matcher(matcher.group(1));
    while (holding.find()) {
      people.add(holding.group(1));
      balls.add(holding.group(2));
    }
    List<Swap> swaps = new ArrayList<>();
    Matcher swap = SWAP.matcher(matcher.group(2));
    while (swap.find()) {
      swaps.add(new Swap(swap.group(1), swap.group(2)));
    }
    Game game = new Game(people, balls, swaps, matcher.group(3));
    return game.consistent() ? Families.puzzle(name(), game, question) : Optional.empty();
  }

  private record Swap(String one, String other) {
    boolean involves(String person) {
      return person.equals(one) || person.equals(other);
    }

    String passes(String holder) {
      if (!involves(holder)) {
        return holder;
      }
      return holder.equals(one) ? other : one;
    }

    @Override
    public String toString() {
      return one + " and " + other + " swap";
    }
  }

  /** The state is who holds the ball that is asked for; step 0 looks up who starts with it. */
  private record Game(List<String> people, List<String> balls, List<Swap> swaps, String asked)
      implements Course<String> {
    private Game {
      people = List.copyOf(people);
      balls = List.copyOf(balls);
      swaps = List.copyOf(swaps);
    }

    boolean consistent() {
      return people.stream().distinct().count() == PEOPLE
          && balls.stream().distinct().count() == PEOPLE
          && People.NAMES.containsAll(people)
          && BALLS.containsAll(balls)
          && balls.contains(asked)
          && swaps.stream()
              .allMatch(
                  swap ->
                      !swap.one().equals(swap.other())
                          && people.contains(swap.one())
                          && people.contains(swap.other()));
    }

    @Override
    public String question() {
      List<String> holdings = new ArrayList<>();
      for (int i = 0; i < people.size(); i++) {
        holdings.add(people.get(i) + " has " + balls.get(i));
      }
      String moves =
          swaps.stream().map(swap -> "Then " + swap + ". ").collect(Collectors.joining());
      return "First %s. %sWho has %s?".formatted(String.join(", ", holdings), moves, asked);
    }

    @Override
    public int difficulty() {
      return swaps.size();
    }

    @Override
    public int steps() {
      return swaps.size() + 1;
    }

    @Override
    public String start() {
      return people.get(balls.indexOf(asked));
    }

    @Override
    public Turn<String> turn(int step, String holder) {
      return to(step, step == 0 ? holder : swaps.get(step - 1).passes(holder));
    }

    @Override
    public List<Slip<String>> slips(int step, String holder) {
      String right = turn(step, holder).state();
      return people.stream()
          .filter(person -> !person.equals(right))
          .map(person -> new Slip<>(MistakeKind.LOGICAL, to(step, person)))
          .toList();
    }

    private Turn<String> to(int step, String holder) {
      String swap = step == 0 ? "" : swaps.get(step - 1) + ": ";
      return new Turn<>(swap + holder + " has " + asked + ".", holder);
    }

    @Override
    public boolean sound(String holder) {
      return true;
    }

    @Override
    public String answer(String end) {
      return end;
    }
  }
}
