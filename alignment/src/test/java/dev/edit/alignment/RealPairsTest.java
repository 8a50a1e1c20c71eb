package dev.edit.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real dual pairs, which lie beside the checkout; skipped where they do not. */
class RealPairsTest {

  private static final Pattern PAIR =
      Pattern.compile(
          "Right Response:(.*?)\\n\\s*Wrong Response:(.*?)(?=\\n\\s*Q:|\\z)", Pattern.DOTALL);
  private static final Pattern TOKEN = Pattern.compile(" ?[A-Za-z]+|[0-9]|[^A-Za-z0-9]");

  private final KeyStepAligner fast = new ReferenceAligner();
  private final KeyStepAligner naive = new NaiveReferenceAlignment();
  private final Map<String, Integer> ids = new HashMap<>();

  @Test
  void shouldEqualTheTwinWhenPairsComeFromPublishedPrompts() throws Exception {
    Optional<Path> folder = SharedData.find("bbh/cot-ccp");
    assumeTrue(folder.isPresent(), "no ../shared/data/bbh/cot-ccp");
    int pairs = 0;
    for (String text : texts(folder.get())) {
      Matcher matcher = PAIR.matcher(text);
      while (matcher.find()) {
        int[] right = tokens(matcher.group(1).strip());
        int[] wrong = tokens(matcher.group(2).strip());
        assertThat(fast.align(right, wrong)).isEqualTo(naive.align(right, wrong));
        pairs++;
      }
    }
    assertThat(pairs).isGreaterThanOrEqualTo(75);
  }

  @Test
  void shouldEqualTheTwinWhenPairsAreEditedRealResponses() throws Exception {
    Optional<Path> folder = SharedData.find("align-pairs");
    assumeTrue(folder.isPresent(), "no ../shared/data/align-pairs");
    List<int[][]> pairs = new ArrayList<>(SharedData.pairs(folder.get().resolve("mid.jsonl")));
    pairs.addAll(SharedData.pairs(folder.get().resolve("long.jsonl")));
    for (int[][] pair : pairs) {
      assertThat(fast.align(pair[0], pair[1])).isEqualTo(naive.align(pair[0], pair[1]));
    }
  }

  private static List<String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(RealPairsTest::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int[] tokens(String text) {
    return TOKEN
        .matcher(text)
        .results()
        .mapToInt(token -> ids.computeIfAbsent(token.group(), any -> ids.size()))
        .toArray();
  }
}
