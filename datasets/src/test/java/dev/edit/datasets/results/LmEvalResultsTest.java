package dev.edit.datasets.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.Problem;
import dev.edit.contracts.recipe.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LmEvalResultsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

  private static final Evaluation GREEDY =
      evaluation(Score.of(3, 4, 1), Map.of("decoding", "greedy"));

  private final JsonNode results = LmEvalResults.of(List.of(GREEDY), "/students/edit-7/krsl", AT);

  private static Evaluation evaluation(Score overall, Map<String, String> config) {
    return new Evaluation(
        "edit-7",
        Recipe.EDIT,
        7,
        "abc",
        "bbh",
        Problem.Domain.IN,
        overall,
        Map.of("navigate", Score.of(3, 3, 0), "snarks", Score.of(0, 1, 1)),
        "1110",
        "problems",
        config,
        null);
  }

  @Test
  void shouldPutAVoteBesideTheGreedyFiguresByItsFilter() {
    Evaluation vote =
        evaluation(Score.of(4, 4, 0, 2), Map.of("decoding", "self-consistency", "filter", "maj@8"));

    JsonNode both = LmEvalResults.of(List.of(GREEDY, vote), "/students/edit-7/krsl", AT);

    assertThat(both.at("/results/bbh/exact_match,the-answer-is").doubleValue()).isEqualTo(0.75);
    assertThat(both.at("/results/bbh/exact_match,maj@8").doubleValue()).isOne();
    assertThat(both.at("/results/bbh/truncated,maj@8").intValue()).isEqualTo(2);
    assertThat(both.at("/results/bbh").has("truncated,the-answer-is")).isFalse();
    assertThat(both.at("/results/bbh_snarks").has("exact_match,maj@8")).isTrue();
    assertThat(both.at("/configs/bbh/aggregate_metric_list/0/filter_list"))
        .extracting(JsonNode::textValue)
        .containsExactly("the-answer-is", "maj@8");
    assertThat(both.at("/config/gen_kwargs/decoding").textValue()).isEqualTo("greedy");
    assertThat(both.at("/config/gen_kwargs_self-consistency/filter").textValue())
        .isEqualTo("maj@8");
  }

  @Test
  void shouldSayHowQuestionsWerePutWhenTheEvaluationDoes() {
    Evaluation shown =
        evaluation(
            Score.of(3, 4, 1),
            Map.of("prompt", "few-shot/bbh.txt", "shots", "3", "promptSha256", "feed"));

    JsonNode of = LmEvalResults.of(List.of(shown), "/students/edit-7/krsl", AT);

    assertThat(of.at("/configs/bbh_snarks/doc_to_text").textValue())
        .isEqualTo("file:few-shot/bbh.txt");
    assertThat(of.at("/configs/bbh_snarks/metadata/promptSha256").textValue()).isEqualTo("feed");
    assertThat(of.at("/configs/bbh_snarks/num_fewshot").intValue()).isEqualTo(3);
    assertThat(of.at("/n-shot/bbh_snarks").intValue()).isEqualTo(3);
    assertThat(results.at("/configs/bbh_snarks/doc_to_text").textValue())
        .isEqualTo("{{question}}\n");
  }

  @Test
  void shouldNameFiguresAsTheHarnessDoesWhenWritten() {
    JsonNode task = results.at("/results/bbh_navigate");

    assertThat(task.get("alias").textValue()).isEqualTo(" - navigate");
    assertThat(task.get("exact_match,the-answer-is").doubleValue()).isOne();
    assertThat(task.get("exact_match_stderr,the-answer-is").doubleValue()).isZero();
    assertThat(results.at("/results/bbh/exact_match,the-answer-is").doubleValue()).isEqualTo(0.75);
    // Sample standard deviation over the square root of n: sqrt(4/3 * 3/16 / 4).
    assertThat(results.at("/results/bbh/exact_match_stderr,the-answer-is").doubleValue())
        .isCloseTo(0.25, within(1e-12));
    assertThat(results.at("/results/bbh/macro,the-answer-is").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void shouldDescribeEveryTaskWhenTheHarnessWould() {
    assertThat(results.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "results",
            "groups",
            "group_subtasks",
            "configs",
            "versions",
            "n-shot",
            "higher_is_better",
            "n-samples",
            "config",
            "date");
    assertThat(results.at("/group_subtasks/bbh"))
        .extracting(JsonNode::textValue)
        .containsExactly("bbh_navigate", "bbh_snarks");
    assertThat(results.at("/groups/bbh")).isEqualTo(results.at("/results/bbh"));
    assertThat(results.at("/n-samples/bbh_snarks/effective").intValue()).isOne();
    assertThat(results.at("/higher_is_better/bbh_snarks/exact_match").booleanValue()).isTrue();
    assertThat(results.at("/configs/bbh_snarks/output_type").textValue())
        .isEqualTo("generate_until");
    assertThat(results.at("/config/model_sha").textValue()).isEqualTo("abc");
    assertThat(results.get("date").doubleValue()).isCloseTo(1767323045.678, within(1e-6));
  }

  @Test
  void shouldStampAsTheHarnessDoesWhenFilesAreNamed() {
    assertThat(LmEvalResults.stamp(AT)).isEqualTo("2026-01-02T03-04-05.678901");
  }
}
