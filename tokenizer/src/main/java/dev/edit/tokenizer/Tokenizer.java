package dev.edit.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A Hugging Face tokenizer from a local {@code tokenizer.json}: nothing is downloaded, nothing is
 * truncated, nothing is padded, whatever the file says of it.
 *
 * <p>Safe for use by many threads at once; {@link #close()} must come after the last call has
 * returned. After it every call fails.
 */
public final class Tokenizer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACKING_SWITCH = "OPT_OUT_TRACKING";
  private static final Map<String, String> OPTIONS =
      Map.of(
          "truncation",
          "false",
          "padding",
          "false",
          "maxLength",
          Integer.toString(Integer.MAX_VALUE),
          "modelMaxLength",
          Integer.toString(Integer.MAX_VALUE));

  private final HuggingFaceTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final String fingerprint;

  /** The short cut, where the file allows one; null where every text goes to the library. */
  private final Stretches stretches;

  /** What the file's template puts in front of and behind a text; null where that is unknown. */
  private final Frame frame;

  private volatile boolean closed;

  private Tokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary, byte[] json)
      throws IOException {
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.fingerprint = "sha256:" + sha256(json);
    this.stretches =
        cutRule(JSON.readTree(json))
            .flatMap(rule -> Stretches.of(rule, text -> encodeByLibrary(text, false)))
            .orElse(null);
    this.frame = stretches == null ? null : Frame.of(this);
  }

  /**
   * Loads a tokenizer.
   *
   * @param tokenizerJson a {@code tokenizer.json}, or a folder that holds one
   * @throws IllegalArgumentException if there is no such file, or it is not a Hugging Face
   *     tokenizer
   * @throws UncheckedIOException if it cannot be read
   */
  public static Tokenizer load(Path tokenizerJson) {
    Path file =
        Files.isDirectory(tokenizerJson) ? tokenizerJson.resolve("tokenizer.json") : tokenizerJson;
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "tokenizer: expected a tokenizer.json file, found none at " + file);
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("tokenizer: cannot read " + file, e);
    }
    Vocabulary vocabulary = Vocabulary.parse(bytes, file);
    try {
      return new Tokenizer(open(bytes, file), vocabulary, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("tokenizer: cannot read " + file, e);
    }
  }

  /**
   * The tokens of a text.
   *
   * @param addSpecialTokens whether the file's own template (&lt;s&gt; in front, say) is applied;
   *     special tokens spelled out in the text are recognised either way
   * @throws IllegalArgumentException if the text holds half a surrogate pair
   */
  public Encoding encode(String text, boolean addSpecialTokens) {
    if (closed) {
      throw new IllegalStateException("tokenizer: it is closed");
    }
    if (stretches != null && (frame != null || !addSpecialTokens)) {
      Encoding fast = stretches.encode(text).orElse(null);
      if (fast != null) {
        return addSpecialTokens ? frame.around(fast) : fast;
      }
    }
    return encodeByLibrary(text, addSpecialTokens);
  }

  /** Whether texts are tokenized stretch by stretch where they can be. */
  boolean remembersStretches() {
    return stretches != null;
  }

  private Optional<? extends CutRule> cutRule(JsonNode root) {
    Function<String, Encoding> library = text -> encodeByLibrary(text, false);
    Optional<CutRule> pieces = PieceRule.of(root).map(rule -> new Pieces(rule, library));
    return pieces.isPresent() ? pieces : BlankRule.of(root, library);
  }

  /**
   * The tokens as the library gives them, whatever could be had faster. Of an encoding no more is
   * fetched than ids and ranges: the library's own wrapper fetches nine arrays, strings among them.
   */
  Encoding encodeByLibrary(String text, boolean addSpecialTokens) {
    CharOffsets offsets = CharOffsets.of(text);
    long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, addSpecialTokens);
    long[] longIds;
    CharSpan[] spans;
    try {
      longIds = TokenizersLibrary.LIB.getTokenIds(encoding);
      spans = TokenizersLibrary.LIB.getTokenCharSpans(encoding);
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
    int[] ids = new int[longIds.length];
    int[] start = new int[longIds.length];
    int[] end = new int[longIds.length];
    for (int t = 0; t < ids.length; t++) {
      ids[t] = Math.toIntExact(longIds[t]);
      if (spans[t] != null) {
        start[t] = offsets.utf16(spans[t].getStart());
        end[t] = offsets.utf16(spans[t].getEnd());
      }
    }
    return new Encoding(ids, start, end);
  }

  /**
   * The text of some tokens.
   *
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    long[] longIds = new long[ids.length];
    for (int t = 0; t < ids.length; t++) {
      if (ids[t] < 0 || ids[t] >= vocabulary.size()) {
        throw new IllegalArgumentException(
            "ids[" + t + "]: expected 0 to " + (vocabulary.size() - 1) + ", got " + ids[t]);
      }
      longIds[t] = ids[t];
    }
    return ids.length == 0 ? "" : tokenizer.decode(longIds, skipSpecialTokens);
  }

  /**
   * {@code sha256:} and the hexadecimal digest of the file's bytes: equal fingerprints, equal
   * tokens.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** Highest token id + 1, added tokens included: the rows an embedding needs. */
  public int vocabularySize() {
    return vocabulary.size();
  }

  /** The id of a token as the file spells it, such as {@code </s>}. */
  public OptionalInt tokenId(String token) {
    return vocabulary.id(token);
  }

  @Override
  public void close() {
    closed = true;
    tokenizer.close();
  }

  private static HuggingFaceTokenizer open(byte[] bytes, Path file) {
    if (System.getenv(TRACKING_SWITCH) == null && System.getProperty(TRACKING_SWITCH) == null) {
      // The library reports its use over the network unless told not to.
      System.setProperty(TRACKING_SWITCH, "true");
    }
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "tokenizer: expected a Hugging Face tokenizer in " + file + ": " + e.getMessage(), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
