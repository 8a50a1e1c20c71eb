package dev.edit.evaluator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.evaluator.domain.Decoding;
import dev.edit.evaluator.domain.Question;
import dev.edit.evaluator.domain.Response;
import dev.edit.student.InitialWeights;
import dev.edit.student.Student;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchRespondentTest {
  private static final Decoding HOT = new Decoding(3, 1);

  @TempDir private Path folder;
  private Path json;
  private StudentConfig config;
  private final List<Question> questions = new ArrayList<>();

  /** So few tokens that a random student stumbles on the phrase and on line breaks all the time. */
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [
         {"id": 2, "content": "</s>", "special": true, "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false}],
       "normalizer": null, "pre_tokenizer": null, "post_processor": null,
       "decoder": {"type": "Fuse"},
       "model": {"type": "WordLevel", "unk_token": "?", "vocab": {
         "?": 0, "4": 1, "</s>": 2, "the answer is": 3, "\\n": 4, " ": 5, ".": 6, "is\\n": 7}}}
      """;

  @BeforeEach
  void write() throws IOException {
    json = Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    config = StudentConfig.of(8, 16, 24, 1, 2, 60, 2);
    for (int seed = 0; seed < 60; seed++) {
      questions.add(new Question(seed % 2 == 0 ? "4" : "is\n", seed));
    }
  }

  private List<Response> responses(int batchSize, long cacheBytes, boolean stopAtAnswer) {
    Student student =
        new Student(new StudentFolder(config, InitialWeights.create(config, 5), Map.of()));
    TorchLimits limits = new TorchLimits(30, batchSize, cacheBytes, stopAtAnswer);
    try (TorchRespondent respondent = new TorchRespondent(student, Tokenizer.load(json), limits)) {
      return respondent.respond(questions, HOT);
    }
  }

  @Test
  void shouldFindTheSameAnswersWhenResponsesEndWithTheirAnswers() {
    List<Response> whole = responses(16, 1 << 20, false);
    List<Response> stopped = responses(16, 1 << 20, true);

    int shorter = 0;
    int answered = 0;
    for (int i = 0; i < whole.size(); i++) {
      String text = whole.get(i).text();
      assertThat(text).as("response %d", i).startsWith(stopped.get(i).text());
      assertThat(AnswerExtraction.extract(stopped.get(i).text()))
          .as("response %d", i)
          .isEqualTo(AnswerExtraction.extract(text));
      shorter += stopped.get(i).text().length() < text.length() ? 1 : 0;
      answered += AnswerExtraction.extract(text).isPresent() ? 1 : 0;
    }
    assertThat(shorter).as("responses that ended early").isPositive();
    assertThat(answered).as("responses with an answer").isPositive();
    assertThat(whole).extracting(Response::truncated).contains(true, false);
  }

  @Test
  void shouldRespondAlikeWhateverIsDecodedBeside() {
    assertThat(responses(1, 1, true)).isEqualTo(responses(64, 1 << 20, true));
  }
}
