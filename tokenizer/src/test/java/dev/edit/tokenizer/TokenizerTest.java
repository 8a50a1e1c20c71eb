package dev.edit.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {

  private static final String ROCKET = "\ud83d\ude80";
  private static final String FAMILY = "\ud83d\udc69\u200d\ud83d\udc67";
  private static final String COMBINED = "e\u0301";

  @TempDir Path folder;

  @Test
  void shouldCountUtf16UnitsWhenTheTextHasCharactersOutsideTheBasicPlane() throws Exception {
    String text = "a" + ROCKET + "b " + FAMILY + COMBINED + "c";
    try (Tokenizer tokenizer =
        Tokenizer.load(WordTokenizerFile.fromSamples(List.of(text), 0).writeTo(folder))) {
      Encoding encoding = tokenizer.encode(text, true);

      List<String> cut =
          IntStream.range(0, encoding.length())
              .mapToObj(t -> text.substring(encoding.charStart()[t], encoding.charEnd()[t]))
              .toList();
      assertThat(cut)
          .containsExactly(
              "", "a", ROCKET, "b", " \ud83d\udc69", "\u200d", "\ud83d\udc67", "e", "\u0301", "c");
      assertThat(tokenizer.decode(encoding.ids(), true)).isEqualTo(text);
    }
  }

  @Test
  void shouldGiveEveryByteTheRangeOfItsCharacterWhenTheVocabularyIsOfBytes() throws Exception {
    try (Tokenizer tokenizer = Tokenizer.load(writeByteLevel())) {
      Encoding encoding = tokenizer.encode("x" + ROCKET + "y", false);

      assertThat(encoding.charStart()).containsExactly(0, 1, 1, 1, 1, 3);
      assertThat(encoding.charEnd()).containsExactly(1, 3, 3, 3, 3, 4);
      assertThat(tokenizer.decode(encoding.ids(), false)).isEqualTo("x" + ROCKET + "y");
    }
  }

  @Test
  void shouldNotCutWhenTheFileAsksForTruncationAndPadding() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Path file = WordTokenizerFile.fromSamples(List.of("a b"), 0).writeTo(folder);
    ObjectNode root = (ObjectNode) json.readTree(Files.readString(file));
    root.set(
        "truncation",
        json.readTree(
            """
            {"direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 0}"""));
    root.set(
        "padding",
        json.readTree(
            """
            {"strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": null,
             "pad_id": 1, "pad_type_id": 0, "pad_token": "<pad>"}"""));
    Files.writeString(file, root.toString());
    try (Tokenizer tokenizer = Tokenizer.load(file)) {
      assertThat(tokenizer.encode("a", false).length()).isEqualTo(1);
      assertThat(tokenizer.encode(" a".repeat(3000), true).length()).isEqualTo(3001);
    }
  }

  @Test
  void shouldKeepTheFingerprintWhenTheBytesAreTheSame() throws Exception {
    WordTokenizerFile file = WordTokenizerFile.fromSamples(List.of("one two"), 0);
    WordTokenizerFile other = WordTokenizerFile.fromSamples(List.of("one three"), 0);
    try (Tokenizer a = Tokenizer.load(file.writeTo(folder.resolve("a")));
        Tokenizer b = Tokenizer.load(file.writeTo(folder.resolve("b")).getParent());
        Tokenizer c = Tokenizer.load(other.writeTo(folder.resolve("c")))) {
      assertThat(a.fingerprint()).matches("sha256:[0-9a-f]{64}").isEqualTo(b.fingerprint());
      assertThat(c.fingerprint()).isNotEqualTo(a.fingerprint());
      assertThat(a.vocabularySize()).isEqualTo(file.vocabulary().size());
      assertThat(a.tokenId(" two")).hasValue(file.vocabulary().indexOf(" two"));
      assertThat(a.tokenId("three")).isEmpty();
    }
  }

  @Test
  void shouldGiveTheSameTokensWhenManyThreadsEncodeAtOnce() throws Exception {
    String text = "one two 3 one ".repeat(50);
    try (Tokenizer tokenizer =
        Tokenizer.load(WordTokenizerFile.fromSamples(List.of(text), 0).writeTo(folder))) {
      int[] expected = tokenizer.encode(text, true).ids();

      List<int[]> all =
          IntStream.range(0, 200)
              .parallel()
              .mapToObj(i -> tokenizer.encode(text, true).ids())
              .toList();

      assertThat(all).allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
    }
  }

  @Test
  void shouldSayWhichFileWhenItIsMissing() {
    Path missing = folder.resolve("none.json");
    assertThatThrownBy(() -> Tokenizer.load(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tokenizer: expected a tokenizer.json file, found none at " + missing);
  }

  @Test
  void shouldSayWhatIsWrongWhenTheFileIsBroken() throws Exception {
    Path notJson = Files.writeString(folder.resolve("a.json"), "{\"model\": ");
    Path notTokenizer = Files.writeString(folder.resolve("b.json"), "{\"model\": {}}");
    Path unknownModel =
        Files.writeString(
            folder.resolve("c.json"), "{\"model\": {\"type\": \"X\", \"vocab\": {}}}");

    assertThatThrownBy(() -> Tokenizer.load(notJson))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected JSON in " + notJson);
    assertThatThrownBy(() -> Tokenizer.load(notTokenizer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.vocab in " + notTokenizer);
    assertThatThrownBy(() -> Tokenizer.load(unknownModel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a Hugging Face tokenizer in " + unknownModel);
  }

  @Test
  void shouldRefuseWhenTheTextOrAnIdIsNotWhole() throws Exception {
    try (Tokenizer tokenizer =
        Tokenizer.load(WordTokenizerFile.fromSamples(List.of("a"), 0).writeTo(folder))) {
      assertThatThrownBy(() -> tokenizer.encode("a\ud83d", false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("U+D83D) at 1");
      assertThatThrownBy(() -> tokenizer.decode(new int[] {0, 999}, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ids[1]: expected 0 to");
      assertThat(tokenizer.decode(new int[0], false)).isEmpty();
      assertThat(tokenizer.encode("", false).length()).isZero();
      assertThat(tokenizer.encode("a\0a", false).charEnd()).containsExactly(1, 2, 3);
    }
  }

  /** A byte-level BPE tokenizer without merges: the 256 bytes in the spelling of GPT-2. */
  private Path writeByteLevel() throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode().put("version", "1.0");
    root.putArray("added_tokens");
    root.putObject("pre_tokenizer")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
    root.putObject("decoder")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocab = model.putObject("vocab");
    int moved = 256;
    for (int b = 0; b < 256; b++) {
      boolean visible = (b > 32 && b < 127) || (b > 160 && b != 173);
      vocab.put(Character.toString(visible ? b : moved++), b);
    }
    model.putArray("merges");
    return Files.writeString(folder.resolve("bytes.json"), root.toString());
  }
}
