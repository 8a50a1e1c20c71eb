package dev.edit.tokenizer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text falls into the pieces of the word-level vocabulary: words, numbers and single
 * characters, each with the one space before it; joined again they are the text.
 *
 * <p>The numbers given are whole pieces where they stand alone; of every other number each digit is
 * a piece. The pattern keeps to what Java's regular expressions and the tokenizer library's
 * (Oniguruma) read alike.
 */
final class WordPieces {

  private static final Pattern NUMBER = Pattern.compile("(?<![0-9])[1-9][0-9]{1,8}(?![0-9])");

  private final Pattern pattern;

  private final List<String> wholeNumbers;

  private WordPieces(String regex, List<String> wholeNumbers) {
    this.wholeNumbers = wholeNumbers;
    this.pattern = Pattern.compile(regex);
  }

  /**
   * Pieces in which the numbers of two digits and more that occur in the texts, up to the largest
   * given, are whole.
   */
  static WordPieces fromSamples(Collection<String> texts, int largestWholeNumber) {
    TreeSet<Integer> numbers = new TreeSet<>(Comparator.reverseOrder());
    for (String text : texts) {
      Matcher matcher = NUMBER.matcher(text);
      while (matcher.find()) {
        int number = Integer.parseInt(matcher.group());
        if (number <= largestWholeNumber) {
          numbers.add(number);
        }
      }
    }
    String whole = "";
    List<String> spelled = numbers.stream().map(String::valueOf).toList();
    if (!spelled.isEmpty()) {
      whole = "(?: |(?<![0-9]))(?:" + String.join("|", spelled) + ")(?![0-9])|";
    }
    return new WordPieces(whole + " ?[0-9]| ?[A-Za-z]+| ?[^A-Za-z0-9 \\n]| |\\n", spelled);
  }

  /** The regular expression whose matches are the pieces; every character is in exactly one. */
  String regex() {
    return pattern.pattern();
  }

  /** The numbers of two digits and more that are whole pieces, largest first. */
  List<String> wholeNumbers() {
    return wholeNumbers;
  }

  List<String> of(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }
}
