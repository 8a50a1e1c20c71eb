package dev.edit.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokenizes ASCII text stretch by stretch and remembers the stretches, a word and what clings to it
 * each: texts of one kind are made of few words, and a call into the native library costs as much
 * as thousands of look-ups.
 *
 * <p>It gives what the library gives, or nothing: the caller asks the library then. Whether a file
 * cuts its texts so that stretches can stand alone is read from the file ({@link CutRule}) and
 * tried out on sample texts before the first use. At most {@value #MOST} stretches of at most
 * {@value #LONGEST} characters are remembered, some 20 MB. Thread-safe.
 */
final class Stretches {
  static final int MOST = 1 << 16;
  static final int LONGEST = 48;

  private static final int AT_START = 1;
  private static final int AT_END = 2;

  /** Cases in which pieces meet: blanks, contractions, digits, punctuation, line ends. */
  private static final List<String> SAMPLES =
      List.of(
          "",
          " ",
          "  \n",
          "a",
          " a b  c   d\n\n e\t\tf \r\n g ",
          "I'll say it's 12345, don't they've 'd 'S 'RE we're?",
          "x=(1+2)*3/4-5.60; {\"k\": [1,2]}\n\n\n- Yes\n- No\n",
          "The answer is (B). So 007 + 1,000 = 1007...   ",
          "snake_case camelCase UPPER 3rd 2nd!!! ?? -- ~/path\\to\\file.txt #tag @me 50% $9 <x> a<b",
          "\n\nQ: a\n\tA: b\u000b\f\u001c\u0000\u007fc");

  private final CutRule rule;
  private final boolean looksBehind;
  private final boolean[] startsAddedToken = new boolean[128];

  /** Open hash table; a slot is written once, so that it may be read without a lock. */
  private volatile Known[] table = new Known[1024];

  private int count;

  private Stretches(CutRule rule) {
    this.rule = rule;
    this.looksBehind = rule.looksBehind();
    for (String token : rule.addedTokens()) {
      if (!token.isEmpty() && token.charAt(0) < startsAddedToken.length) {
        startsAddedToken[token.charAt(0)] = true;
      }
    }
  }

  /**
   * A stretch.
   *
   * @param text its characters, with the one in front where the rule looks behind
   * @param place whether the text starts with it ({@link #AT_START}) and ends with it ({@link
   *     #AT_END})
   * @param tokens as {@link Tokens#packed} gives them; null where it does not stand alone
   */
  @SuppressWarnings("ArrayRecordComponent") // looked up by the other components
  private record Known(int hash, String text, int place, int[] tokens) {}

  /**
   * Stretches by a rule, if the sample texts come out as the library tokenizes them whole.
   *
   * @param library tokens of a text without special tokens in front or behind
   */
  static Optional<Stretches> of(CutRule rule, Function<String, Encoding> library) {
    Stretches stretches = new Stretches(rule);
    boolean agree =
        SAMPLES.stream()
            .allMatch(
                text ->
                    stretches.encode(text).filter(e -> same(e, library.apply(text))).isPresent());
    return agree ? Optional.of(stretches) : Optional.empty();
  }

  private static boolean same(Encoding one, Encoding other) {
    return Arrays.equals(one.ids(), other.ids())
        && Arrays.equals(one.charStart(), other.charStart())
        && Arrays.equals(one.charEnd(), other.charEnd());
  }

  /** The tokens of a text; empty where only the library knows. */
  Optional<Encoding> encode(String text) {
    Tokens tokens = new Tokens(text.length());
    boolean alone = true;
    boolean suspicious = false;
    char before = 0;
    int from = 0;
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= startsAddedToken.length) {
        return Optional.empty();
      }
      if (c == ' ' && before > ' ') {
        alone = alone && add(text, from, i, hash, tokens);
        from = i;
        hash = looksBehind ? before : 0;
      }
      suspicious |= startsAddedToken[c];
      hash = 31 * hash + c;
      before = c;
    }
    if (suspicious && rule.addedTokens().stream().anyMatch(text::contains)) {
      return Optional.empty();
    }
    alone = alone && (from == text.length() || add(text, from, text.length(), hash, tokens));
    return alone ? Optional.of(tokens.encoding()) : rule.whole(text);
  }

  private boolean add(String text, int from, int to, int hash, Tokens tokens) {
    int start = looksBehind && from > 0 ? from - 1 : from;
    int place = (from == 0 ? AT_START : 0) | (to == text.length() ? AT_END : 0);
    Known known = find(text, start, to - start, place, hash);
    if (known == null) {
      known = learn(text, from, to, place, hash);
    }
    if (known.tokens == null) {
      return false;
    }
    tokens.add(known.tokens, from);
    return true;
  }

  private Known find(String text, int start, int length, int place, int hash) {
    Known[] slots = table;
    int at = slot(hash, slots);
    for (Known known = slots[at]; known != null; known = slots[at]) {
      if (known.hash == hash
          && known.place == place
          && known.text.length() == length
          && text.startsWith(known.text, start)) {
        return known;
      }
      at = (at + 1) & (slots.length - 1);
    }
    return null;
  }

  private static int slot(int hash, Known[] slots) {
    return (((hash ^ (hash >>> 15)) * 0x9E3779B9) >>> 7) & (slots.length - 1);
  }

  private Known learn(String text, int from, int to, int place, int hash) {
    int start = looksBehind && from > 0 ? from - 1 : from;
    boolean plain = rule.addedTokens().stream().noneMatch(text.substring(from, to)::contains);
    int[] tokens = plain ? rule.tokens(text, from, to).map(Tokens::packed).orElse(null) : null;
    Known known = new Known(hash, text.substring(start, to), place, tokens);
    if (to - start <= LONGEST) {
      remember(known);
    }
    return known;
  }

  private synchronized void remember(Known known) {
    if (count == MOST
        || find(known.text, 0, known.text.length(), known.place, known.hash) != null) {
      return;
    }
    if (4 * ++count > table.length) {
      Known[] larger = new Known[2 * table.length];
      for (Known old : table) {
        if (old != null) {
          place(old, larger);
        }
      }
      table = larger;
    }
    place(known, table);
  }

  private static void place(Known known, Known[] slots) {
    int at = slot(known.hash, slots);
    while (slots[at] != null) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = known;
  }
}
