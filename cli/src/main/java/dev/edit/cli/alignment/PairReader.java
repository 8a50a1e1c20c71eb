package dev.edit.cli.alignment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.datasets.json.Entry;
import dev.edit.tokenizer.EndToken;
import dev.edit.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;

/** Turns a line {@code {id, prompt?, right, wrong}} into token ids. */
interface PairReader extends AutoCloseable {

  /**
   * The pair of a line.
   *
   * @throws dev.edit.datasets.json.MalformedDatasetException where the line is not as it should be
   */
  TokenizedPair read(Entry line);

  @Override
  default void close() {}

  /** Lines that hold token ids already. */
  static PairReader ofTokenIds() {
    return line ->
        TokenizedPair.after(
            line.has("prompt") ? line.integers("prompt") : new int[0],
            id(line),
            line.integers("right"),
            line.integers("wrong"));
  }

  /**
   * Lines that hold texts.
   *
   * @param folder {@code tokenizer.json} and {@code config.json}, whose end token is put behind
   *     both responses
   */
  static PairReader ofTexts(Path folder) {
    int end = EndToken.of(folder);
    Tokenizer tokenizer = Tokenizer.load(folder);
    return new PairReader() {
      @Override
      public TokenizedPair read(Entry line) {
        int[] prompt =
            line.optionalText("prompt")
                .map(text -> tokenizer.encode(text, true).ids())
                .orElse(new int[0]);
        return TokenizedPair.after(
            prompt, id(line), response(line, "right"), response(line, "wrong"));
      }

      private int[] response(Entry line, String side) {
        int[] ids;
        try {
          ids = tokenizer.encode(line.text(side), false).ids();
        } catch (IllegalArgumentException e) {
          throw line.malformed(side, e.getMessage(), "a text that can be tokenized");
        }
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = end;
        return ended;
      }

      @Override
      public void close() {
        tokenizer.close();
      }
    };
  }

  private static JsonNode id(Entry line) {
    JsonNode id = line.fields().get("id");
    if (id == null || !(id.isTextual() || id.isIntegralNumber())) {
      throw line.malformed("id", id, "a text or a whole number");
    }
    return id;
  }
}
