package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.alignment.KeyMasks;
import dev.edit.alignment.NaiveReferenceAlignment;
import dev.edit.cli.bench.AlignBench;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AlignCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void shouldGiveTheTwinsMasksWhenLinesHoldTokenIds() throws Exception {
    Random random = new Random(20_240_531);
    List<int[][]> pairs = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int[] prompt = random.ints(random.nextInt(5), 0, 9).toArray();
      int[] right = random.ints(random.nextInt(40), 0, 4).toArray();
      int[] wrong = random.ints(random.nextInt(40), 0, 4).toArray();
      pairs.add(new int[][] {prompt, right, wrong});
      ObjectNode line = JSON.createObjectNode().put("id", i);
      line.set("prompt", JSON.valueToTree(prompt));
      line.set("right", JSON.valueToTree(right));
      line.set("wrong", JSON.valueToTree(wrong));
      lines.add(line.toString());
    }
    Path in = Files.write(folder.resolve("pairs.jsonl"), lines);
    Path out = folder.resolve("keys.jsonl");
    assertThat(run("align", "--token-ids", "--input", in.toString(), "--output", out.toString()))
        .isZero();

    List<String> aligned = Files.readAllLines(out);
    assertThat(aligned).hasSameSizeAs(pairs);
    for (int i = 0; i < pairs.size(); i++) {
      int[][] pair = pairs.get(i);
      KeyMasks twin = new NaiveReferenceAlignment().align(pair[1], pair[2]);
      JsonNode line = JSON.readTree(aligned.get(i));
      assertThat(line.get("id").intValue()).isEqualTo(i);
      assertThat(JSON.convertValue(line.get("right_key"), int[].class))
          .as("seed 20240531, pair %d", i)
          .isEqualTo(twin.rightKey().tokenIndexes());
      assertThat(JSON.convertValue(line.get("wrong_key"), int[].class))
          .isEqualTo(twin.wrongKey().tokenIndexes());
      assertThat(line.get("similarity").doubleValue()).isEqualTo(twin.similarity());
      assertThat(line.get("key_share").doubleValue()).isEqualTo(twin.keyShare());
    }
  }

  @Test
  void shouldCountTokensOfTheResponseWhenLinesHoldTexts() throws Exception {
    String right = "First 2 then 3 more. The answer is 5.";
    String wrong = "First 2 then 3 more. The answer is 6.";
    WordTokenizerFile.fromSamples(List.of("How many? ", right, wrong), 9).writeTo(folder);
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 3}");
    String line =
        JSON.createObjectNode()
            .put("id", "a")
            .put("prompt", "How many?")
            .put("right", right)
            .put("wrong", wrong)
            .toString();
    Path in = Files.writeString(folder.resolve("pairs.jsonl"), line);
    Path out = folder.resolve("keys.jsonl");
    assertThat(
            run(
                "align",
                "--tokenizer",
                folder.toString(),
                "--input",
                in.toString(),
                "--output",
                out.toString()))
        .as(err.toString())
        .isZero();

    JsonNode keys = JSON.readTree(Files.readString(out));
    assertThat(keys.get("id").textValue()).isEqualTo("a");
    assertThat(keys.get("right_key")).hasSize(1).isEqualTo(keys.get("wrong_key"));
    assertThat(keys.get("similarity").doubleValue())
        .isEqualTo(1 - 2 * keys.get("key_share").doubleValue() / 2);
  }

  @Test
  void shouldNameLineAndFieldWhenAPairIsMalformed() throws Exception {
    Path in =
        Files.writeString(
            folder.resolve("pairs.jsonl"),
            "{\"id\":1,\"right\":[1],\"wrong\":[2]}\n{\"id\":2,\"right\":[1,\"x\"],\"wrong\":[2]}\n");
    Path out = folder.resolve("keys.jsonl");
    assertThat(run("align", "--token-ids", "--input", in.toString(), "--output", out.toString()))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "pairs.jsonl:2: field 'right[1]': expected a whole number of 32 bits, but was \"x\"");
    assertThat(out).doesNotExist();
  }

  @Test
  void shouldNameTheRulesWhenOneIsUnknown() {
    assertThat(run("align", "--token-ids", "--input", "a", "--output", "b", "--rule", "fuzzy"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("reference-padded").contains("fuzzy");
    assertThat(run("align", "--input", "a", "--output", "b")).as("no kind of line").isEqualTo(2);
  }

  @Test
  void shouldMeasureBothOnTheSamePairsWhenBenched() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("pairs.jsonl"),
            "{\"right\":[1,2,3],\"wrong\":[1,4,3]}\n{\"right\":[5],\"wrong\":[]}\n");
    AlignBench.Result result = AlignBench.of(file).run(Duration.ofMillis(30));
    assertThat(result.pairs()).isEqualTo(2);
    assertThat(result.tokens()).isEqualTo(2.0);
    assertThat(result.distance()).isEqualTo(1.0);
    assertThat(result.differing()).isZero();
    for (AlignBench.Timing timing : List.of(result.kernel(), result.naive())) {
      assertThat(timing.fastest()).isPositive().isLessThanOrEqualTo(timing.slowest());
      assertThat(timing.pairsPerSecond() * timing.microsecondsPerPair())
          .isCloseTo(1e6, org.assertj.core.data.Percentage.withPercentage(0.01));
    }
    assertThat(run("bench", "align", "--pairs", file.toString(), "--seconds", "0.02")).isZero();
    assertThat(run("bench")).isEqualTo(2);
    assertThat(run("bench", "align", "--pairs", file.toString(), "--seconds", "0")).isEqualTo(1);
  }

  private int run(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
