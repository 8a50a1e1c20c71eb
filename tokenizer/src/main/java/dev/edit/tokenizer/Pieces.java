package dev.edit.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;

/**
 * The tokens of a file that cuts texts into pieces by a regular expression. Remembers at most
 * {@value #MOST_PIECES} pieces of at most {@value #LONGEST_PIECE} characters. Thread-safe.
 */
final class Pieces implements CutRule {
  static final int MOST_PIECES = 1 << 16;
  static final int LONGEST_PIECE = 48;

  /** No tokens: a piece that is not one when it stands alone. */
  private static final Encoding UNUSABLE = new Encoding(new int[0], new int[0], new int[0]);

  private final PieceRule rule;
  private final Function<String, Encoding> library;
  private final Map<String, Encoding> known = new ConcurrentHashMap<>();

  /**
   * Pieces by a rule.
   *
   * @param library tokens of a text without special tokens in front or behind
   */
  Pieces(PieceRule rule, Function<String, Encoding> library) {
    this.rule = rule;
    this.library = library;
  }

  @Override
  public boolean looksBehind() {
    return rule.looksBehind();
  }

  @Override
  public List<String> addedTokens() {
    return rule.addedTokens();
  }

  /**
   * A piece ends where the stretch does, and no match on the way has looked at what comes after the
   * blank behind it: so the same characters give the same pieces in every text.
   */
  @Override
  public Optional<Encoding> tokens(String text, int from, int to) {
    int start = Math.max(0, from - 1);
    String seen = text.substring(start, Math.min(text.length(), to + 1));
    Matcher matcher = rule.pattern().matcher(seen).useTransparentBounds(true);
    matcher.region(from - start, seen.length());
    Tokens tokens = new Tokens(to - from);
    int at = from - start;
    while (at < to - start) {
      boolean settled =
          matcher.find()
              && matcher.end() > matcher.start()
              && matcher.end() <= to - start
              && (to == text.length() || !(matcher.hitEnd() || matcher.requireEnd()));
      if (!settled
          || !add(seen, at, matcher.start(), from - start, tokens)
          || !add(seen, matcher.start(), matcher.end(), from - start, tokens)) {
        return Optional.empty();
      }
      at = matcher.end();
    }
    return Optional.of(tokens.encoding());
  }

  @Override
  public Optional<Encoding> whole(String text) {
    Tokens tokens = new Tokens(text.length());
    Matcher matcher = rule.pattern().matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.end() == matcher.start()
          || !add(text, from, matcher.start(), 0, tokens)
          || !add(text, matcher.start(), matcher.end(), 0, tokens)) {
        return Optional.empty();
      }
      from = matcher.end();
    }
    return add(text, from, text.length(), 0, tokens)
        ? Optional.of(tokens.encoding())
        : Optional.empty();
  }

  private boolean add(String text, int from, int to, int origin, Tokens tokens) {
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
    if (encoding.length() == 0) {
      return false;
    }
    tokens.add(encoding, from - origin);
    return true;
  }
}
