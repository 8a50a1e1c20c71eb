package dev.edit.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The tokens of a byte-pair encoding whose vocabulary never joins a character to a blank behind it,
 * as SentencePiece's do (LLaMA 2, Mistral, TinyLlama): no merge crosses the place between them, so
 * what lies before and behind it is tokenized alike in every text.
 */
final class BlankRule implements CutRule {
  private static final String BLANK = "\u2581";
  private static final Pattern JOINS_BLANK = Pattern.compile("[^\u2581]\u2581");

  /** A word in front of a stretch, which keeps the library from putting a blank there. */
  private static final String IN_FRONT = "a";

  private final List<String> addedTokens;
  private final Function<String, Encoding> library;
  private final int tokensInFront;

  private BlankRule(List<String> addedTokens, Function<String, Encoding> library) {
    this.addedTokens = addedTokens;
    this.library = library;
    this.tokensInFront = library.apply(IN_FRONT).length();
  }

  /**
   * The rule of a file; empty where it is of another kind.
   *
   * @param root a {@code tokenizer.json}
   * @param library tokens of a text without special tokens in front or behind
   */
  static Optional<BlankRule> of(JsonNode root, Function<String, Encoding> library) {
    JsonNode model = root.path("model");
    boolean plain =
        model.path("type").asText().equals("BPE")
            && isUnset(model.path("dropout"))
            && isUnset(model.path("continuing_subword_prefix"))
            && isUnset(model.path("end_of_word_suffix"))
            && model.path("vocab").has(BLANK)
            && turnsBlanks(root.path("normalizer"), root.path("pre_tokenizer"));
    if (!plain) {
      return Optional.empty();
    }
    for (var token : model.path("vocab").properties()) {
      if (JOINS_BLANK.matcher(token.getKey()).find()) {
        return Optional.empty();
      }
    }
    List<String> added = new ArrayList<>();
    root.path("added_tokens").forEach(token -> added.add(token.path("content").asText()));
    return Optional.of(new BlankRule(List.copyOf(added), library));
  }

  /** Whether a blank becomes {@value #BLANK}, and nothing else of an ASCII text changes. */
  private static boolean turnsBlanks(JsonNode normalizer, JsonNode preTokenizer) {
    if (isUnset(normalizer)) {
      return preTokenizer.path("type").asText().equals("Metaspace")
          && preTokenizer.path("replacement").asText().equals(BLANK);
    }
    List<JsonNode> steps = new ArrayList<>();
    normalizer.path("normalizers").forEach(steps::add);
    return isUnset(preTokenizer)
        && steps.size() == 2
        && steps.get(0).path("type").asText().equals("Prepend")
        && steps.get(0).path("prepend").asText().equals(BLANK)
        && steps.get(1).path("type").asText().equals("Replace")
        && steps.get(1).path("pattern").path("String").asText().equals(" ")
        && steps.get(1).path("content").asText().equals(BLANK);
  }

  private static boolean isUnset(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isEmpty());
  }

  @Override
  public boolean looksBehind() {
    return false;
  }

  @Override
  public List<String> addedTokens() {
    return addedTokens;
  }

  @Override
  public Optional<Encoding> tokens(String text, int from, int to) {
    String stretch = text.substring(from, to);
    if (from == 0) {
      return Optional.of(library.apply(stretch));
    }
    Encoding behind = library.apply(IN_FRONT + stretch);
    int length = behind.length() - tokensInFront;
    int[] ids = new int[length];
    int[] start = new int[length];
    int[] end = new int[length];
    for (int t = 0; t < length; t++) {
      ids[t] = behind.ids()[tokensInFront + t];
      start[t] = behind.charStart()[tokensInFront + t] - IN_FRONT.length();
      end[t] = behind.charEnd()[tokensInFront + t] - IN_FRONT.length();
    }
    return Optional.of(new Encoding(ids, start, end));
  }

  /** Every stretch stands alone. */
  @Override
  public Optional<Encoding> whole(String text) {
    return Optional.empty();
  }
}
