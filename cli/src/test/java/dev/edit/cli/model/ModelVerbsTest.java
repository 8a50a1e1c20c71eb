package dev.edit.cli.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.CommandFailure;
import dev.edit.cli.grading.GradedFile;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.grading.Grade;
import dev.edit.student.GreedyDecoder;
import dev.edit.student.InitialWeights;
import dev.edit.student.Sampling;
import dev.edit.student.Scorer;
import dev.edit.student.Student;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.student.files.TensorData;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVerbsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "What is 1 plus 2?";

  @TempDir private Path folder;
  private Path student;
  private Path adapter;
  private Path input;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    WordTokenizerFile file =
        WordTokenizerFile.fromSamples(
            List.of(StudentPrompt.render(QUESTION), "Therefore, the answer is 3."), 20);
    StudentConfig config =
        StudentConfig.of(file.vocabulary().size(), 32, 48, 2, 2, 40, 3)
            .withTiedHead(true)
            .withTokens(2, List.of(3));
    student = folder.resolve("student");
    Map<String, byte[]> files =
        Map.of(
            "tokenizer.json",
            file.tokenizerJson().getBytes(UTF_8),
            "chat_template.jinja",
            "{{ '<s>' }}{% for m in messages %}{{ m.content }} plus {% endfor %}".getBytes(UTF_8));
    new StudentFolder(config, InitialWeights.create(config, 11), files).write(student);
    adapter = folder.resolve("adapter");
    new AdapterFolder(adapter(config), "student").write(adapter);
    input = folder.resolve("in.jsonl");
    output = folder.resolve("out.jsonl");
  }

  /** An adapter that changes what the student says. */
  private static LoraAdapter adapter(StudentConfig config) {
    LoraSettings settings = LoraSettings.of(2, 4, 0.1, List.of("q_proj", "down_proj"));
    Random random = new Random(5);
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    LoraAdapter.shapes(config, settings)
        .forEach(
            (name, shape) -> {
              float[] values = new float[shape.get(0) * shape.get(1)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              tensors.put(name, new TensorData(shape, values));
            });
    return new LoraAdapter(settings, tensors);
  }

  private List<JsonNode> answers() throws IOException {
    List<JsonNode> answers = new ArrayList<>();
    for (String line : Files.readAllLines(output)) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  private static int[] ints(JsonNode list) {
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).intValue();
    }
    return values;
  }

  @Test
  void shouldScoreTokensTextsAndResponsesAsTheStudentDoes() throws IOException {
    Files.writeString(
        input,
        """
        {"id": "a", "tokens": [2, 5, 9, 12]}
        {"id": "b", "text": "What is 3?"}

        {"question": "What is 1 plus 2?", "response": "the answer is 3."}
        """);
    for (Path added : new Path[] {null, adapter}) {
      try (OpenStudent open = OpenStudent.open(student, added, false, 1)) {
        ScoredFile scored = ScoredFile.write(open, input, output);
        assertThat(scored.lines()).isEqualTo(3);
      }
      List<JsonNode> answers = answers();
      assertThat(answers).extracting(a -> a.path("id").asText("")).containsExactly("a", "b", "");
      for (JsonNode answer : answers) {
        assertScores(answer, added);
      }
      assertResponseTotal(answers.get(2));
    }
  }

  /** Compares with the student itself, the adapter merged into its weights. */
  private void assertScores(JsonNode answer, Path added) throws IOException {
    try (Student expected = Student.load(student)) {
      if (added != null) {
        expected.attach(AdapterFolder.read(added, expected.config()).adapter());
        expected.merge();
      }
      double[] values = Scorer.logProbabilities(expected, List.of(ints(answer.get("tokens"))))[0];
      assertThat(answer.get("log_probabilities")).hasSize(values.length);
      assertThat(answer.get("log_probabilities").get(0).isNull()).isTrue();
      for (int t = 1; t < values.length; t++) {
        assertThat(answer.get("log_probabilities").get(t).doubleValue())
            .isCloseTo(values[t], offset(1e-4));
      }
    }
  }

  private static void assertResponseTotal(JsonNode answer) {
    double sum = 0;
    for (int t = answer.get("prompt_tokens").intValue(); t < answer.get("tokens").size(); t++) {
      sum += answer.get("log_probabilities").get(t).doubleValue();
    }
    assertThat(answer.get("response_total").doubleValue()).isCloseTo(sum, offset(1e-9));
  }

  @Test
  void shouldGenerateGreedilyAndGradeAsGradeDoes() throws IOException {
    String long40 = "plus ".repeat(60);
    Files.writeString(
        input,
        """
        {"id": 1, "task": "sums", "question": "What is 1 plus 2?", "answer": "3"}
        {"question": "What is 2 plus 1?", "target": "3", "task": "sums"}
        {"question": "%s", "target": "3", "task": "sums"}
        """
            .formatted(long40));
    GenerationSettings greedy = new GenerationSettings(Sampling.GREEDY, 1, 9, 2, 0, true);
    GeneratedFile generated;
    try (OpenStudent open = OpenStudent.open(student, adapter, false, 1)) {
      generated = GeneratedFile.write(open, greedy, input, output);
    }
    assertThat(generated.problems()).isEqualTo(3);
    List<JsonNode> answers = answers();
    assertThat(answers.get(2).get("finish").asText()).isEqualTo("no_room");
    try (Student expected = Student.load(student);
        Tokenizer tokenizer = Tokenizer.load(student)) {
      expected.attach(AdapterFolder.read(adapter, expected.config()).adapter());
      int[] prompt = tokenizer.encode(StudentPrompt.render(QUESTION), true).ids();
      int[] tokens = GreedyDecoder.decode(expected, List.of(prompt), 9, 1).get(0);
      assertThat(ints(answers.get(0).get("tokens"))).isEqualTo(tokens);
      assertThat(answers.get(0).get("cot").asText()).isEqualTo(tokenizer.decode(tokens, true));
      assertThat(answers.get(0).get("finish").asText())
          .isEqualTo(tokens[tokens.length - 1] == 3 ? "stop" : "length");
    }
    GradedFile graded = GradedFile.read(output);
    assertThat(graded.tasks()).containsOnlyKeys("sums");
    assertThat(graded.overall().n()).isEqualTo(3);
    assertThat(graded.overall().unanswered())
        .isEqualTo(generated.grades().getOrDefault(Grade.UNANSWERED, 0L).intValue());
  }

  @Test
  void shouldDrawTheSameSamplesWhenTheSeedIsTheSame() throws IOException {
    Files.writeString(input, "{\"question\": \"What is 1 plus 2?\"}\n".repeat(3));
    String first = samples(7, 2);
    assertThat(samples(7, 5)).isEqualTo(first).isNotEqualTo(samples(8, 2));
    assertThat(answers()).hasSize(12);
    assertThat(answers().stream().map(a -> a.get("cot").asText()).distinct().count())
        .isGreaterThan(3);
    assertThat(answers().get(0).has("grade")).isFalse();
  }

  private String samples(long seed, int batch) throws IOException {
    GenerationSettings settings =
        new GenerationSettings(new Sampling(1, 0.95), 4, 8, batch, seed, false);
    try (OpenStudent open = OpenStudent.open(student, null, false, 1)) {
      GeneratedFile.write(open, settings, input, output);
    }
    return Files.readString(output);
  }

  @Test
  void shouldRenderQuestionsByTheChatTemplateWhenAsked() throws IOException {
    Files.writeString(input, "{\"question\": \"What is 1\", \"response\": \"2\"}");
    try (OpenStudent open = OpenStudent.open(student, null, true, 1);
        Tokenizer tokenizer = Tokenizer.load(student)) {
      ScoredFile.write(open, input, output);
      assertThat(ints(answers().get(0).get("tokens")))
          .startsWith(tokenizer.encode("<s>What is 1 plus ", false).ids());
      assertThat(answers().get(0).get("tokens").get(0).intValue()).isEqualTo(2);
      assertThat(answers().get(0).get("tokens").get(1).intValue()).isNotEqualTo(2);
    }
    Files.delete(student.resolve("chat_template.jinja"));
    assertThatThrownBy(() -> OpenStudent.open(student, null, true, 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("expected a chat template, found none");
  }

  @Test
  void shouldNameLineAndFieldWhenTheInputIsWrong() throws IOException {
    Files.delete(student.resolve("tokenizer.json"));
    try (OpenStudent open = OpenStudent.open(student, null, false, 1)) {
      refused(
          open, "{\"tokens\": [1, 1000]}", "in.jsonl:2: field 'tokens': expected ids from 0 to");
      refused(open, "{\"tokens\": [1, \"2\"]}", "field 'tokens[1]': expected a token id");
      refused(open, "{\"tokens\": []}", "field 'tokens': expected a list of token ids");
      refused(open, "{\"x\": 1}", "expected token ids, or one of 'text', 'prompt' and 'question'");
      refused(open, "[1]", "in.jsonl:2: expected a JSON object, but was ARRAY");
      refused(open, "{", "in.jsonl:2: expected a JSON object, but: ");
      refused(open, "{\"text\": \"a\"}", "tokenizer.json: no such file, so only token ids");
      refused(open, "{\"tokens\": [" + "1,".repeat(40) + "1]}", "expected 1 to 40 tokens, got 41");
    }
    assertThat(output).doesNotExist();
  }

  private void refused(OpenStudent open, String line, String message) throws IOException {
    Files.writeString(input, "{\"tokens\": [1, 2]}\n" + line + "\n");
    assertThatThrownBy(() -> ScoredFile.write(open, input, output)).hasMessageContaining(message);
  }

  @Test
  void shouldNameTheOptionWhenItsValueIsWrong() {
    assertThatThrownBy(() -> new GenerationSettings(Sampling.GREEDY, 2, 8, 1, 0, false))
        .hasMessageContaining("--samples is 2, expected 1 where --temperature is 0");
    assertThatThrownBy(() -> new GenerationSettings(Sampling.GREEDY, 1, 0, 1, 0, false))
        .hasMessageContaining("--max-new-tokens is 0");
  }
}
