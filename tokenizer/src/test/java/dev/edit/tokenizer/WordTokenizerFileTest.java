package dev.edit.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTokenizerFileTest {

  private static final List<String> SAMPLES =
      List.of(
          "Q: Ann has 3 pens and buys 12 more. How many?\nA: Let's think step by step. 3 + 12 = 15.",
          "Therefore, the answer is 15.\nTherefore, the answer is 2026.",
          "(x)  two spaces, a tab\there, caf\u00e9 \ud83d\ude80!");

  @TempDir Path folder;

  @Test
  void shouldDecodeToTheSameTextWhenEveryPieceIsInTheVocabulary() throws Exception {
    WordTokenizerFile file = WordTokenizerFile.fromSamples(SAMPLES, 20);
    WordPieces pieces = WordPieces.fromSamples(SAMPLES, 20);
    List<String> words = file.vocabulary().subList(4, file.vocabulary().size());
    try (Tokenizer tokenizer = Tokenizer.load(file.writeTo(folder))) {
      for (int seed = 0; seed < 500; seed++) {
        Random random = new Random(seed);
        String text = "";
        for (int i = random.nextInt(30); i > 0; i--) {
          // Glued to another, a piece can make a new one, which no vocabulary can know.
          String longer = text + words.get(random.nextInt(words.size()));
          text = words.containsAll(pieces.of(longer)) ? longer : text;
        }

        int[] ids = tokenizer.encode(text, true).ids();

        assertThat(ids[0]).isEqualTo(2);
        assertThat(tokenizer.decode(ids, true)).as("seed %d", seed).isEqualTo(text);
      }
    }
  }

  @Test
  void shouldGiveThePiecesItsVocabularyWasMadeOfWhenAnyTextIsEncoded() throws Exception {
    WordTokenizerFile file = WordTokenizerFile.fromSamples(SAMPLES, 20);
    WordPieces pieces = WordPieces.fromSamples(SAMPLES, 20);
    String alphabet = "ab Z 0123456789 12 15 .,\n\t\u00e9\u0301\ud83d\ude80()'  -";
    int[] characters = alphabet.codePoints().toArray();
    try (Tokenizer tokenizer = Tokenizer.load(file.writeTo(folder))) {
      for (int seed = 0; seed < 2000; seed++) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
          text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }

        Encoding encoding = tokenizer.encode(text.toString(), false);

        List<String> cut =
            IntStream.range(0, encoding.length())
                .mapToObj(t -> text.substring(encoding.charStart()[t], encoding.charEnd()[t]))
                .toList();
        assertThat(cut).as("seed %d", seed).isEqualTo(pieces.of(text.toString()));
        assertThat(String.join("", cut)).as("seed %d", seed).isEqualTo(text.toString());
      }
    }
  }

  @Test
  void shouldSpellNumbersByDigitsWhenTheyAreAboveTheBoundOrUnseen() throws Exception {
    try (Tokenizer tokenizer = open(20)) {
      assertThat(tokensOf(tokenizer, "12 15 2026 17 007 112"))
          .containsExactly(
              "12", " 15", " 2", "0", "2", "6", " 1", "7", " 0", "0", "7", " 1", "1", "2");
    }
  }

  @Test
  void shouldGiveUnknownWhenAWordIsNotInTheSamples() throws Exception {
    try (Tokenizer tokenizer = open(20)) {
      Encoding encoding = tokenizer.encode("Ann juggles pens", false);

      assertThat(encoding.ids()[1]).isEqualTo(tokenizer.tokenId("<unk>").orElseThrow()).isZero();
      assertThat(encoding.charStart()[1]).isEqualTo(3);
      assertThat(encoding.charEnd()[1]).isEqualTo(11);
      assertThat(encoding.ids()[2]).isEqualTo(tokenizer.tokenId(" pens").orElseThrow());
    }
  }

  @Test
  void shouldGiveTheSameBytesWhenTheSamplesComeInAnotherOrder() {
    WordTokenizerFile one = WordTokenizerFile.fromSamples(SAMPLES, 20);
    WordTokenizerFile two =
        WordTokenizerFile.fromSamples(
            List.of(SAMPLES.get(2), SAMPLES.get(0), SAMPLES.get(1), SAMPLES.get(0)), 20);

    assertThat(two.tokenizerJson()).isEqualTo(one.tokenizerJson());
  }

  @Test
  void shouldNameTheSpecialTokensWhenTheConfigurationIsWritten() throws Exception {
    try (Tokenizer tokenizer = open(20)) {
      JsonNode config =
          new ObjectMapper().readTree(Files.readString(folder.resolve("tokenizer_config.json")));

      assertThat(config.path("eos_token").asText()).isEqualTo("</s>");
      assertThat(config.path("pad_token").asText()).isEqualTo("<pad>");
      assertThat(tokenizer.tokenId("</s>")).hasValue(3);
      assertThat(tokenizer.encode("</s>", false).ids()).containsExactly(3);
      assertThat(tokenizer.decode(new int[] {2, 3}, false)).isEqualTo("<s></s>");
    }
  }

  @Test
  void shouldRefuseWhenThereIsNothingToLearnFrom() {
    assertThatThrownBy(() -> WordTokenizerFile.fromSamples(List.of(), 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("texts");
    assertThatThrownBy(() -> WordTokenizerFile.fromSamples(SAMPLES, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("largestWholeNumber: expected at least 0, got -1");
  }

  private Tokenizer open(int largestWholeNumber) throws Exception {
    return Tokenizer.load(
        WordTokenizerFile.fromSamples(SAMPLES, largestWholeNumber).writeTo(folder));
  }

  private static List<String> tokensOf(Tokenizer tokenizer, String text) {
    Encoding encoding = tokenizer.encode(text, false);
    return IntStream.range(0, encoding.length())
        .mapToObj(t -> tokenizer.decode(new int[] {encoding.ids()[t]}, false))
        .toList();
  }
}
