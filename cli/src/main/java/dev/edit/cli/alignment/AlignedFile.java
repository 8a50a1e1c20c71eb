package dev.edit.cli.alignment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.alignment.AlignmentRule;
import dev.edit.alignment.KeyMasks;
import dev.edit.alignment.KeySpans;
import dev.edit.alignment.KeyStepAligner;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file of pairs with their key tokens found.
 *
 * @param pairs how many pairs
 * @param similarity their mean similarity
 * @param keyShare their mean share of key tokens
 */
public record AlignedFile(long pairs, double similarity, double keyShare) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Aligns lines {@code {id, prompt?, right, wrong}} of token ids. */
  public static AlignedFile ofTokenIds(Path input, Path output, AlignmentRule rule)
      throws IOException {
    return align(PairReader.ofTokenIds(), input, output, rule);
  }

  /** Aligns lines {@code {id, prompt?, right, wrong}} of texts, on a model folder's tokenizer. */
  public static AlignedFile ofTexts(Path tokenizer, Path input, Path output, AlignmentRule rule)
      throws IOException {
    return align(PairReader.ofTexts(tokenizer), input, output, rule);
  }

  private static AlignedFile align(PairReader reader, Path input, Path output, AlignmentRule rule)
      throws IOException {
    KeyStepAligner aligner = rule.newAligner();
    Sums sums = new Sums();
    try (reader;
        JsonLinesFile lines = JsonLinesFile.create(output)) {
      JsonLines.read(
          input,
          line -> {
            TokenizedPair pair = reader.read(line);
            KeyMasks masks = masks(aligner, pair, line);
            write(lines, pair, masks);
            sums.add(masks);
          });
      lines.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return sums.file();
  }

  private static KeyMasks masks(KeyStepAligner aligner, TokenizedPair pair, Entry line) {
    try {
      return aligner.align(pair.right(), pair.wrong(), pair.promptLength());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(line.place() + ": " + e.getMessage(), e);
    }
  }

  private static void write(JsonLinesFile lines, TokenizedPair pair, KeyMasks masks) {
    ObjectNode aligned = JSON.createObjectNode();
    aligned.set("id", pair.id());
    aligned.set("right_key", indexes(masks.rightKey(), pair.promptLength()));
    aligned.set("wrong_key", indexes(masks.wrongKey(), pair.promptLength()));
    aligned.put("similarity", masks.similarity());
    aligned.put("key_share", masks.keyShare());
    try {
      lines.write(aligned.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Token indexes within the response. */
  private static ArrayNode indexes(KeySpans spans, int promptLength) {
    ArrayNode indexes = JSON.createArrayNode();
    for (int index : spans.tokenIndexes()) {
      indexes.add(index - promptLength);
    }
    return indexes;
  }

  private static final class Sums {
    private long pairs;
    private double similarity;
    private double keyShare;

    void add(KeyMasks masks) {
      pairs++;
      similarity += masks.similarity();
      keyShare += masks.keyShare();
    }

    AlignedFile file() {
      long n = Math.max(1, pairs);
      return new AlignedFile(pairs, similarity / n, keyShare / n);
    }
  }
}
