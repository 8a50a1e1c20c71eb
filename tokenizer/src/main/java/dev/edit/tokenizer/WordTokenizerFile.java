package dev.edit.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The word-level tokenizer of a small student that is trained from scratch, as the files that any
 * Hugging Face library reads.
 *
 * <p>The vocabulary is the special tokens, then every piece of the sample texts, every digit, space
 * and newline, sorted: the same texts in any order give the same bytes. A text over the vocabulary
 * decodes to itself. A piece outside it becomes {@value #UNKNOWN}; a number never does, since its
 * digits are always there.
 */
public final class WordTokenizerFile {

  public static final String UNKNOWN = "<unk>";
  public static final String PADDING = "<pad>";
  public static final String BEGIN = "<s>";
  public static final String END = "</s>";

  /** The special tokens in the order of their ids, from 0. */
  public static final List<String> SPECIAL_TOKENS = List.of(UNKNOWN, PADDING, BEGIN, END);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private final WordPieces pieces;
  private final List<String> vocabulary;

  private WordTokenizerFile(WordPieces pieces, List<String> vocabulary) {
    this.pieces = pieces;
    this.vocabulary = vocabulary;
  }

  /**
   * A tokenizer whose vocabulary covers the sample texts.
   *
   * @param texts prompts and responses of the kind the student will read and write
   * @param largestWholeNumber numbers of the samples up to this one are single tokens; every other
   *     number is spelled by its digits
   * @throws IllegalArgumentException if there is no text, or the bound is negative
   */
  public static WordTokenizerFile fromSamples(Collection<String> texts, int largestWholeNumber) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("texts: expected at least one sample text, got none");
    }
    if (largestWholeNumber < 0) {
      throw new IllegalArgumentException(
          "largestWholeNumber: expected at least 0, got " + largestWholeNumber);
    }
    WordPieces pieces = WordPieces.fromSamples(texts, largestWholeNumber);
    TreeSet<String> words = new TreeSet<>(List.of(" ", "\n"));
    for (int digit = 0; digit < 10; digit++) {
      words.add(String.valueOf(digit));
      words.add(" " + digit);
    }
    for (String text : texts) {
      words.addAll(pieces.of(text));
    }
    pieces.wholeNumbers().forEach(number -> words.addAll(List.of(number, " " + number)));
    List<String> vocabulary = new ArrayList<>(SPECIAL_TOKENS);
    vocabulary.addAll(words);
    return new WordTokenizerFile(pieces, List.copyOf(vocabulary));
  }

  /** The tokens in the order of their ids, special tokens first. */
  public List<String> vocabulary() {
    return vocabulary;
  }

  /** The content of {@code tokenizer.json}. */
  public String tokenizerJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIAL_TOKENS.size(); id++) {
      added.add(special(id));
    }
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer");
    split.put("type", "Split");
    split.putObject("pattern").put("Regex", pieces.regex());
    split.put("behavior", "Isolated").put("invert", false);
    root.set("post_processor", beginInFront());
    root.putObject("decoder").put("type", "Fuse");
    ObjectNode model = root.putObject("model");
    model.put("type", "WordLevel");
    ObjectNode vocab = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      vocab.put(vocabulary.get(id), id);
    }
    model.put("unk_token", UNKNOWN);
    return write(root);
  }

  /** The content of {@code tokenizer_config.json}. */
  public String tokenizerConfigJson() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("unk_token", UNKNOWN);
    config.put("pad_token", PADDING);
    config.put("bos_token", BEGIN);
    config.put("eos_token", END);
    config.put("add_bos_token", true);
    config.put("add_eos_token", false);
    config.put("clean_up_tokenization_spaces", false);
    return write(JSON.valueToTree(config));
  }

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json} into a folder, which is made
   * where it is missing.
   *
   * @return the path of the {@code tokenizer.json}
   */
  public Path writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tokenizer_config.json"), tokenizerConfigJson());
    return Files.writeString(folder.resolve("tokenizer.json"), tokenizerJson());
  }

  private static ObjectNode special(int id) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("content", SPECIAL_TOKENS.get(id))
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static ObjectNode beginInFront() {
    int id = SPECIAL_TOKENS.indexOf(BEGIN);
    ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", BEGIN).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = template.putArray("pair");
    pair.addAll(single);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode begin = template.putObject("special_tokens").putObject(BEGIN);
    begin.put("id", BEGIN);
    begin.putArray("ids").add(id);
    begin.putArray("tokens").add(BEGIN);
    return template;
  }

  private static String write(Object node) {
    try {
      return JSON.writer(PRINTER).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
    }
  }
}
