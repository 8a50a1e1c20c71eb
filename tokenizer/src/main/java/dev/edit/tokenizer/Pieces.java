package dev.edit.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;

/**
 * Tokenizes ASCII text piece by piece and remembers the pieces: texts of one kind are made of few
 * words, and a call into the native library costs as much as a hundred look-ups.
 *
 * <p>It gives what the library gives, or nothing: the caller asks the library then. Whether a file
 * cuts its texts so that pieces can stand alone is read from the file ({@link PieceRule}) and tried
 * out on sample texts before the first use. At most {@value #MOST_PIECES} pieces of at most {@value
 * #LONGEST_PIECE} characters are remembered, some 20 MB. Thread-safe.
 */
final class Pieces {
  static final int MOST_PIECES = 1 << 16;
  static final int LONGEST_PIECE = 48;

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

  /** A piece that is not one when it stands alone. */
  private static final Encoding UNUSABLE = new Encoding(new int[0], new int[0], new int[0]);

  private final PieceRule rule;
  private final Function<String, Encoding> library;
  private final boolean[] startsAddedToken = new boolean[128];
  private final Map<String, Encoding> known = new ConcurrentHashMap<>();

  private Pieces(PieceRule rule, Function<String, Encoding> library) {
    this.rule = rule;
    this.library = library;
    for (String token : rule.addedTokens()) {
      if (!token.isEmpty() && token.charAt(0) < startsAddedToken.length) {
        startsAddedToken[token.charAt(0)] = true;
      }
    }
  }

  /**
   * Pieces of a tokenizer, if the sample texts come out as the library tokenizes them whole.
   *
   * @param library tokens of a text without special tokens in front or behind
   */
  static Optional<Pieces> of(PieceRule rule, Function<String, Encoding> library) {
    Pieces pieces = new Pieces(rule, library);
    boolean agree =
        SAMPLES.stream()
            .allMatch(
                text -> pieces.encode(text).filter(e -> same(e, library.apply(text))).isPresent());
    return agree ? Optional.of(pieces) : Optional.empty();
  }

  private static boolean same(Encoding one, Encoding other) {
    return Arrays.equals(one.ids(), other.ids())
        && Arrays.equals(one.charStart(), other.charStart())
        && Arrays.equals(one.charEnd(), other.charEnd());
  }

  /** The tokens of a text; empty where only the library knows. */
  Optional<Encoding> encode(String text) {
    if (!isPlain(text)) {
      return Optional.empty();
    }
    Tokens tokens = new Tokens(text.length());
    Matcher matcher = rule.pattern().matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.end() == matcher.start()) {
        return Optional.empty();
      }
      if (!add(text, from, matcher.start(), tokens)
          || !add(text, matcher.start(), matcher.end(), tokens)) {
        return Optional.empty();
      }
      from = matcher.end();
    }
    return add(text, from, text.length(), tokens)
        ? Optional.of(tokens.encoding())
        : Optional.empty();
  }

  /** ASCII, and no added token in it. */
  private boolean isPlain(String text) {
    boolean suspicious = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= startsAddedToken.length) {
        return false;
      }
      suspicious |= startsAddedToken[c];
    }
    return !suspicious || rule.addedTokens().stream().noneMatch(text::contains);
  }

  private boolean add(String text, int from, int to, Tokens tokens) {
    if (from == to) {
      return true;
    }
    String piece = text.substring(from, to);
    Encoding encoding = known.get(piece);
    if (encoding == null) {
      encoding = rule.isOnePiece(piece) ? library.apply(piece) : UNUSABLE;
      if (piece.length() <= LONGEST_PIECE && known.size() < MOST_PIECES) {
        known.put(piece, encoding);
      }
    }
    if (encoding == UNUSABLE) {
      return false;
    }
    tokens.add(encoding, from);
    return true;
  }

  /** A text's tokens while they are collected. */
  private static final class Tokens {
    private int[] ids;
    private int[] start;
    private int[] end;
    private int count;

    Tokens(int characters) {
      int room = 8 + characters / 2;
      ids = new int[room];
      start = new int[room];
      end = new int[room];
    }

    void add(Encoding piece, int offset) {
      int length = piece.length();
      if (count + length > ids.length) {
        int room = Math.max(2 * ids.length, count + length);
        ids = Arrays.copyOf(ids, room);
        start = Arrays.copyOf(start, room);
        end = Arrays.copyOf(end, room);
      }
      for (int t = 0; t < length; t++) {
        ids[count] = piece.ids()[t];
        start[count] = offset + piece.charStart()[t];
        end[count++] = offset + piece.charEnd()[t];
      }
    }

    Encoding encoding() {
      return new Encoding(
          Arrays.copyOf(ids, count), Arrays.copyOf(start, count), Arrays.copyOf(end, count));
    }
  }
}
