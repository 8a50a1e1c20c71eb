package dev.edit.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put together from stretches is what the library gives; and where none are used. */
class StretchesTest {
  private static final String ALPHABET =
      " aabtheisanswer  \n\t'sStTdD0123456789.,!?()<|>_-\"\\{}\r\u000b\u001c~#";
  private static final List<String> WORDS =
      List.of(
          " the",
          " answer",
          " is",
          "they'll",
          " 12345",
          " (B).",
          "\n\n",
          "  ",
          " x=3*4",
          "<|begin|>",
          " \u00e9",
          "\ud83d\ude80",
          "IT'S");

  @TempDir private Path folder;

  @Test
  void shouldGiveWhatTheLibraryGivesWhenAFileCutsByARegularExpressionOrAtBlanks() throws Exception {
    Path word =
        WordTokenizerFile.fromSamples(List.of("the answer is 12345 (B)", "then 17 and 400"), 500)
            .writeTo(folder);
    for (Path file :
        List.of(
            write("gpt2", TokenizerFiles.gpt2()),
            write("llama3", TokenizerFiles.llama3()),
            write("llama2", TokenizerFiles.llama2()),
            write("metaspace", TokenizerFiles.metaspace()),
            word)) {
      try (Tokenizer tokenizer = Tokenizer.load(file)) {
        assertThat(tokenizer.remembersStretches()).as(file.toString()).isTrue();
        requireEqualOnRandomTexts(tokenizer, file);
      }
    }
  }

  @Test
  void shouldAskTheLibraryWhenStretchesDependOnWhatStandsAroundThem() throws Exception {
    ObjectNode lower = TokenizerFiles.gpt2();
    lower.putObject("normalizer").put("type", "Lowercase");
    ObjectNode prefix = TokenizerFiles.gpt2();
    ((ObjectNode) prefix.get("pre_tokenizer")).put("add_prefix_space", true);
    ObjectNode dropout = TokenizerFiles.gpt2();
    ((ObjectNode) dropout.get("model")).put("dropout", 0.1);
    ObjectNode possessive = TokenizerFiles.llama3();
    ((ObjectNode) possessive.at("/pre_tokenizer/pretokenizers/0/pattern"))
        .put("Regex", "\\p{L}++|.");
    ObjectNode farBehind = TokenizerFiles.llama3();
    ((ObjectNode) farBehind.at("/pre_tokenizer/pretokenizers/0/pattern"))
        .put("Regex", "(?<=ab)c|\\s|\\S+");
    for (ObjectNode file :
        List.of(TokenizerFiles.joinedToBlank(), lower, prefix, dropout, possessive, farBehind)) {
      try (Tokenizer tokenizer = Tokenizer.load(write("other", file))) {
        assertThat(tokenizer.remembersStretches()).as(file.toString()).isFalse();
      }
    }
  }

  /** Then its stretches do not stand alone, but its pieces still do. */
  @Test
  void shouldGiveWhatTheLibraryGivesWhenPiecesReachOverBlanks() throws Exception {
    ObjectNode lines = TokenizerFiles.llama3();
    ((ObjectNode) lines.at("/pre_tokenizer/pretokenizers/0/pattern"))
        .put("Regex", "is the|[a-z]+ ?[0-9]|[^\\n]|\\n");
    Path file = write("lines", lines);
    try (Tokenizer tokenizer = Tokenizer.load(file)) {
      assertThat(tokenizer.remembersStretches()).isTrue();
      requireEqualOnRandomTexts(tokenizer, file);
    }
  }

  @Test
  void shouldCountUtf16UnitsWhenBlanksAreMetaspaces() throws Exception {
    try (Tokenizer tokenizer = Tokenizer.load(write("meta", TokenizerFiles.metaspace()))) {
      String text = "is the \ud83d\ude80 the end";
      Encoding encoding = tokenizer.encode(text, false);
      StringBuilder covered = new StringBuilder();
      int reached = 0;
      for (int t = 0; t < encoding.length(); t++) {
        int start = encoding.charStart()[t];
        int end = encoding.charEnd()[t];
        assertThat(Character.isLowSurrogate(text.charAt(start))).as("start of %d", t).isFalse();
        if (end > reached) {
          covered.append(text, Math.max(start, reached), end);
          reached = end;
        }
      }
      assertThat(covered.toString()).isEqualTo(text);
      int the = tokenizer.tokenId("\u2581the").orElseThrow();
      assertThat(Arrays.stream(encoding.ids()).filter(id -> id == the)).hasSize(2);
      assertThat(tokenizer.decode(encoding.ids(), false)).isEqualTo(text);
    }
  }

  @Test
  void shouldFailWhenItIsClosed() throws Exception {
    Tokenizer tokenizer = Tokenizer.load(write("gpt2", TokenizerFiles.gpt2()));
    tokenizer.encode("the", false);
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("the", false))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void requireEqualOnRandomTexts(Tokenizer tokenizer, Path file) {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int parts = random.nextInt(12); parts > 0; parts--) {
        if (random.nextInt(3) == 0) {
          text.append(WORDS.get(random.nextInt(WORDS.size())));
        } else {
          text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
      }
      boolean framed = random.nextBoolean();
      Encoding fast = tokenizer.encode(text.toString(), framed);
      Encoding library = tokenizer.encodeByLibrary(text.toString(), framed);
      assertThat(fast.ids()).as("%s, seed %d: '%s'", file, seed, text).isEqualTo(library.ids());
      assertThat(fast.charStart()).as("seed %d", seed).isEqualTo(library.charStart());
      assertThat(fast.charEnd()).as("seed %d", seed).isEqualTo(library.charEnd());
    }
  }

  private Path write(String name, ObjectNode root) throws IOException {
    return TokenizerFiles.write(folder.resolve(name + ".json"), root);
  }
}
