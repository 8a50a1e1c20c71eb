package dev.edit.families;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brackets to be closed: the open ones are written after every bracket read. LOGICAL: a bracket
 * overlooked, or one more closed than there is. KNOWLEDGE: an open bracket taken for one of another
 * kind. CALCULATION does not occur.
 */
final class DyckLanguages implements Family {
  private static final String OPENING = "([{<";
  private static final String CLOSING = ")]}>";
  private static final int DEEPEST = 4;

  /**
   * A question names this many brackets more than its difficulty says, or few would be distinct.
   */
  private static final int MORE = 2;

  private static final Pattern QUESTION =
      Pattern.compile("Close the brackets:((?: [\\[\\](){}<>])+)\\.");

  @Override
  public String name() {
    return "dyck_languages";
  }

  @Override
  public String description() {
    return "Close the brackets that a sequence leaves open, the innermost first.";
  }

  @Override
  public int hardest() {
    return 10;
  }

  @Override
  public Puzzle generate(Random random, int difficulty) {
    int size = SmallNumbers.difficulty(difficulty, hardest()) + MORE;
    StringBuilder brackets = new StringBuilder();
    String open = "";
    while (brackets.length() < size) {
      boolean last = brackets.length() == size - 1;
      boolean mustOpen = open.isEmpty() || (last && open.length() == 1);
      if (mustOpen || (open.length() < DEEPEST && random.nextInt(5) < 3)) {
        char next = OPENING.charAt(random.nextInt(OPENING.length()));
        brackets.append(next);
        open += next;
      } else {
        brackets.append(closing(open.charAt(open.length() - 1)));
        open = open.substring(0, open.length() - 1);
      }
    }
    return new Puzzle(name(), new Brackets(brackets.toString()));
  }

  @Override
  public Optional<Puzzle> parse(String question) {
    Matcher matcher = QUESTION.matcher(question);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Brackets brackets = new Brackets(matcher.group(1).replace(" ", ""));
    return brackets.balanced() ? Families.puzzle(name(), brackets, question) : Optional.empty();
  }

  private static char closing(char opening) {
    return CLOSING.charAt(OPENING.indexOf(opening));
  }

  private static String spaced(String brackets) {
    return brackets.chars().mapToObj(c -> " " + (char) c).collect(Collectors.joining());
  }

  /** The state is what is open, the innermost last. */
  private record Brackets(String sequence) implements Course<String> {

    /** Whether every closing bracket meets its own kind, and something stays open. */
    boolean balanced() {
      String open = "";
      for (char c : sequence.toCharArray()) {
        if (OPENING.indexOf(c) >= 0) {
          open += c;
        } else if (open.isEmpty() || closing(open.charAt(open.length() - 1)) != c) {
          return false;
        } else {
          open = open.substring(0, open.length() - 1);
        }
      }
      return !open.isEmpty() && difficulty() >= 1;
    }

    @Override
    public String question() {
      return "Close the brackets:" + spaced(sequence) + ".";
    }

    @Override
    public int difficulty() {
      return sequence.length() - MORE;
    }

    @Override
    public int steps() {
      return sequence.length();
    }

    @Override
    public String start() {
      return "";
    }

    @Override
    public Turn<String> turn(int step, String open) {
      char read = sequence.charAt(step);
      return to(step, OPENING.indexOf(read) >= 0 ? open + read : shorter(open));
    }

    @Override
    public List<Slip<String>> slips(int step, String open) {
      char read = sequence.charAt(step);
      List<Slip<String>> slips = new ArrayList<>();
      slips.add(new Slip<>(MistakeKind.LOGICAL, to(step, open)));
      if (OPENING.indexOf(read) >= 0) {
        for (char other : OPENING.toCharArray()) {
          if (other != read) {
            slips.add(new Slip<>(MistakeKind.KNOWLEDGE, to(step, open + other)));
          }
        }
      } else if (open.length() >= 2) {
        slips.add(new Slip<>(MistakeKind.LOGICAL, to(step, shorter(shorter(open)))));
      }
      return slips;
    }

    private static String shorter(String open) {
      return open.isEmpty() ? open : open.substring(0, open.length() - 1);
    }

    private Turn<String> to(int step, String open) {
      String left = open.isEmpty() ? " nothing" : spaced(open);
      return new Turn<>(sequence.charAt(step) + " leaves" + left + ".", open);
    }

    @Override
    public boolean sound(String open) {
      return open.length() <= DEEPEST;
    }

    @Override
    public String answer(String end) {
      StringBuilder closers = new StringBuilder();
      for (int i = end.length() - 1; i >= 0; i--) {
        closers.append(closing(end.charAt(i)));
      }
      return end.isEmpty() ? "nothing" : spaced(closers.toString()).strip();
    }
  }
}
