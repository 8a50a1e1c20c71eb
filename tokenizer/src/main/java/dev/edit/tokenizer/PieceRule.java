package dev.edit.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a {@code tokenizer.json} cuts ASCII text into pieces that it tokenizes one by one, without
 * regard to what stands around them.
 *
 * @param pattern matches pieces; what lies between two matches is a piece too
 * @param addedTokens texts that are tokens of their own before anything is cut
 * @param looksBehind whether a match can depend on the character in front of it
 */
record PieceRule(Pattern pattern, List<String> addedTokens, boolean looksBehind) {

  /** What ByteLevel cuts by where it is told to use its regular expression. */
  private static final String BYTE_LEVEL =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  /** What Oniguruma and Java read differently, or only one of them reads. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "(?:[*+?]|\\{[0-9,]+})\\+|\\\\[hHRXKGzZAbBQE]|&&|\\[\\[|(?<!\\[)\\^|\\$|\\(\\?[a-z-]+\\)");

  /** Looking behind: a group's head, and the rest of it where that is one character. */
  private static final Pattern BEHIND =
      Pattern.compile("\\(\\?<([=!](?:\\[(?:[^\\]\\[\\\\]|\\\\.)*]|[^\\\\\\[\\](){}|.*+?^$])\\))?");

  /**
   * The rule of a file; empty where the file may look at more than a piece: another normalizer than
   * NFC, which leaves ASCII alone, another pre-tokenizer than Split and ByteLevel, a prefix space.
   */
  static Optional<PieceRule> of(JsonNode root) {
    if (!isNothingOr(root.path("normalizer"), "NFC")
        || !isNothing(root.path("model").path("dropout"))) {
      return Optional.empty();
    }
    return regex(root.path("pre_tokenizer")).flatMap(regex -> rule(regex, root));
  }

  private static Optional<PieceRule> rule(String regex, JsonNode root) {
    List<String> behind = BEHIND.matcher(regex).results().map(m -> m.group(1)).toList();
    if (AMBIGUOUS.matcher(regex).find() || behind.contains(null)) {
      return Optional.empty();
    }
    List<String> added = new ArrayList<>();
    root.path("added_tokens").forEach(token -> added.add(token.path("content").asText()));
    try {
      return Optional.of(
          new PieceRule(Pattern.compile(regex), List.copyOf(added), !behind.isEmpty()));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> regex(JsonNode preTokenizer) {
    List<JsonNode> steps = new ArrayList<>();
    if (preTokenizer.path("type").asText().equals("Sequence")) {
      preTokenizer.path("pretokenizers").forEach(steps::add);
    } else {
      steps.add(preTokenizer);
    }
    JsonNode last = steps.get(steps.size() - 1);
    if (steps.size() == 2 && isByteLevel(last, false)) {
      return split(steps.get(0));
    }
    if (steps.size() != 1) {
      return Optional.empty();
    }
    return isByteLevel(last, true) ? Optional.of(BYTE_LEVEL) : split(last);
  }

  private static boolean isByteLevel(JsonNode step, boolean withRegex) {
    return step.path("type").asText().equals("ByteLevel")
        && !step.path("add_prefix_space").asBoolean(true)
        && step.path("use_regex").asBoolean(true) == withRegex;
  }

  private static Optional<String> split(JsonNode step) {
    boolean isolates =
        step.path("type").asText().equals("Split")
            && step.path("behavior").asText().equals("Isolated")
            && !step.path("invert").asBoolean(false)
            && step.path("pattern").path("Regex").isTextual();
    return isolates ? Optional.of(step.path("pattern").path("Regex").asText()) : Optional.empty();
  }

  private static boolean isNothingOr(JsonNode step, String type) {
    return isNothing(step) || step.path("type").asText().equals(type);
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** Whether a text is one piece, however it came to be one. */
  boolean isOnePiece(String text) {
    var matcher = pattern.matcher(text);
    return !matcher.find() || (matcher.start() == 0 && matcher.end() == text.length());
  }
}
