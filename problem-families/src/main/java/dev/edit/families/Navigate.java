package dev.edit.families;

import static dev.edit.families.SmallNumbers.LARGEST;
import static dev.edit.families.SmallNumbers.miscounts;
import static dev.edit.families.SmallNumbers.sum;
import static dev.edit.families.SmallNumbers.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps and turns on a number line from 0 to 20; the place reached is asked for. LOGICAL: a turn
 * not made, or steps taken against the way one faces. KNOWLEDGE: right taken for the way to the
 * smaller numbers, or left to the larger. CALCULATION: a place one or two off.
 */
final class Navigate implements Family {
  private static final int LEAST = 2;
  private static final int MOST = 5;
  private static final int TURN = 0;
  private static final Pattern QUESTION =
      Pattern.compile(
          "You start at (\\d{1,2}) facing (left|right)((?:, (?:take [2-9] steps|turn around))+)\\."
              + " Where are you\\?");
  private static final Pattern MOVE = Pattern.compile(", (?:take ([2-9]) steps|turn around)");

  @Override
  public String name() {
    return "navigate";
  }

  @Override
  public String description() {
    return "Follow steps and turns along a line of numbers and say at which number they end;"
        + " right leads to larger numbers.";
  }

  @Override
  public int hardest() {
    return 10;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    int size = SmallNumbers.difficulty(difficulty, hardest());
    while (true) {
      Place start = new Place(random.nextInt(LARGEST + 1), random.nextBoolean());
      List<Integer> moves = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean mayTurn = i < size - 1 && (moves.isEmpty() || moves.get(i - 1) != TURN);
        moves.add(
            mayTurn && random.nextInt(5) < 2 ? TURN : LEAST + random.nextInt(MOST - LEAST + 1));
      }
      Route route = new Route(start, moves);
      if (Families.puzzle(name(), route, route.question()).isPresent()) {
        return new Puzzle(name(), route);
      }
    }
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Place start = new Place(Integer.parseInt(matcher.group(1)), matcher.group(2).equals("right"));
    List<Integer> moves = new ArrayList<>();
    Matcher move = MOVE.matcher(matcher.group(3));
    while (move.find()) {
      moves.add(move.group(1) == null ? TURN : Integer.parseInt(move.group(1)));
    }
    return Families.puzzle(name(), new Route(start, moves), question);
  }

  /** Where one is, and whether one faces right. */
  private record Place(int at, boolean right) {
    String facing() {
      return right ? "right" : "left";
    }
  }

  private record Route(Place start, List<Integer> moves) implements Course<Place> {
    private Route {
      moves = List.copyOf(moves);
    }

    @Override
    public String question() {
      StringBuilder text =
          new StringBuilder("You start at " + start.at() + " facing " + start.facing());
      for (int move : moves) {
        text.append(move == TURN ? ", turn around" : ", take " + move + " steps");
      }
      return text.append(". Where are you?").toString();
    }

    @Override
    public int steps() {
      return moves.size();
    }

    @Override
    public Turn<Place> turn(int step, Place place) {
      int move = moves.get(step);
      if (move == TURN) {
        return turned(new Place(place.at(), !place.right()));
      }
      int change = place.right() ? move : -move;
      return walked(place, place.right(), change, place.at() + change);
    }

    @Override
    public List<Slip<Place>> slips(int step, Place place) {
      int move = moves.get(step);
      if (move == TURN) {
        return List.of(new Slip<>(MistakeKind.LOGICAL, turned(place)));
      }
      int change = place.right() ? move : -move;
      int back = place.at() - change;
      List<Slip<Place>> slips = new ArrayList<>();
      slips.add(new Slip<>(MistakeKind.LOGICAL, walked(place, !place.right(), -change, back)));
      slips.add(new Slip<>(MistakeKind.KNOWLEDGE, walked(place, place.right(), -change, back)));
      for (int result : miscounts(place.at() + change)) {
        slips.add(
            new Slip<>(MistakeKind.CALCULATION, walked(place, place.right(), change, result)));
      }
      return slips;
    }

    private Turn<Place> turned(Place after) {
      return new Turn<>("turn around facing " + after.facing() + ".", after);
    }

    private Turn<Place> walked(Place place, boolean right, int change, int result) {
      String way = right ? "right" : "left";
      String line =
          "take %d steps %s: %s.".formatted(Math.abs(change), way, sum(place.at(), change, result));
      return new Turn<>(line, new Place(result, place.right()));
    }

    @Override
    public boolean sound(Place place) {
      return within(place.at());
    }

    @Override
    public String answer(Place end) {
      return String.valueOf(end.at());
    }
  }
}
