package dev.edit.families;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days of the week, counted forward and back. LOGICAL: counted the other way. CALCULATION: a day
 * one off. KNOWLEDGE: a week taken for 5, 6 or 8 days.
 */
final class DateUnderstanding implements Family {
  private static final int LEAST = 2;
  private static final int MOST = 5;
  private static final int WEEK = 7;
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final Pattern QUESTION =
      Pattern.compile(
          "Today is ([A-Z][a-z]+)\\. Go ((?:(?:[2-5] days|1 week) (?:forward|back)(?:, )?)+)\\."
              + " What day is it\\?");
  private static final Pattern MOVE = Pattern.compile("(?:([2-5]) days|1 week) (forward|back)");

  @Override
  public String name() {
    return "date_understanding";
  }

  @Override
  public String description() {
    return "Count days of the week forward and back from today and name the day reached.";
  }

  @Override
  public int hardest() {
    return 10;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    int today = random.nextInt(DAYS.size());
    List<Integer> moves = new ArrayList<>();
    for (int i = 0; i < SmallNumbers.difficulty(difficulty, hardest()); i++) {
      int days = random.nextInt(6) == 0 ? WEEK : LEAST + random.nextInt(MOST - LEAST + 1);
      moves.add(random.nextBoolean() ? days : -days);
    }
    return new Puzzle(name(), new Count(today, moves));
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches() || !DAYS.contains(matcher.group(1))) {
      return Optional.empty();
    }
    List<Integer> moves = new ArrayList<>();
    Matcher move = MOVE.matcher(matcher.group(2));
    while (move.find()) {
      int days = move.group(1) == null ? WEEK : Integer.parseInt(move.group(1));
      moves.add(move.group(2).equals("forward") ? days : -days);
    }
    return Families.puzzle(name(), new Count(DAYS.indexOf(matcher.group(1)), moves), question);
  }

  private static String way(int move) {
    return move > 0 ? "forward" : "back";
  }

  private record Count(int today, List<Integer> moves) implements Course<Integer> {
    private Count {
      moves = List.copyOf(moves);
    }

    @Override
    public String question() {
      List<String> parts = new ArrayList<>();
      for (int move : moves) {
        int days = Math.abs(move);
        parts.add((days == WEEK ? "1 week" : days + " days") + " " + way(move));
      }
      return "Today is %s. Go %s. What day is it?"
          .formatted(DAYS.get(today), String.join(", ", parts));
    }

    @Override
    public int steps() {
      return moves.size();
    }

    @Override
    public Integer start() {
      return today;
    }

    @Override
    public Turn<Integer> turn(int step, Integer day) {
      return to(day, moves.get(step), day + moves.get(step));
    }

    @Override
    public List<Slip<Integer>> slips(int step, Integer day) {
      int move = moves.get(step);
      List<Slip<Integer>> slips = new ArrayList<>();
      slips.add(new Slip<>(MistakeKind.LOGICAL, to(day, -move, day - move)));
      slips.add(new Slip<>(MistakeKind.CALCULATION, to(day, move, day + move - 1)));
      slips.add(new Slip<>(MistakeKind.CALCULATION, to(day, move, day + move + 1)));
      if (Math.abs(move) == WEEK) {
        for (int believed : List.of(5, 6, 8)) {
          int days = move > 0 ? believed : -believed;
          slips.add(new Slip<>(MistakeKind.KNOWLEDGE, to(day, days, day + days)));
        }
      }
      return slips;
    }

    private Turn<Integer> to(int day, int move, int result) {
      int after = Math.floorMod(result, DAYS.size());
      String line =
          "%d days %s from %s is %s."
              .formatted(Math.abs(move), way(move), DAYS.get(day), DAYS.get(after));
      return new Turn<>(line, after);
    }

    @Override
    public boolean sound(Integer day) {
      return true;
    }

    @Override
    public String answer(Integer end) {
      return DAYS.get(end);
    }
  }
}
