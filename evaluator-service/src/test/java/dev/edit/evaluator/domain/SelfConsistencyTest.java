package dev.edit.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.Grade;
import dev.edit.evaluator.domain.Response.Finish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfConsistencyTest {
  private static final Attempts VOTE = Attempts.selfConsistency(3, new Decoding(0.7, 0.95), 11);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3, 4, 3; 3", // the majority
        "4, 3, 3, 4; 4", // of a tie the answer that came first
        "-, -, 5; 5", // those without an answer do not vote
        "-, -, -; ",
        "6; 6"
      })
  void shouldFindTheAnswerOfMostResponses(String answers, String winner) {
    List<Response> responses =
        Arrays.stream(answers.split(", "))
            .map(answer -> answer.equals("-") ? "no idea" : "the answer is " + answer + ".")
            .map(text -> new Response(text, Finish.STOP))
            .toList();

    assertThat(MajorityVote.of(responses)).isEqualTo(Optional.ofNullable(winner));
  }

  @Test
  void shouldSeedEverySampleOfEveryProblemByItsOwnName() {
    List<Question> of = VOTE.questions("a", "prompt");
    List<Question> others = VOTE.questions("b", "prompt");

    assertThat(VOTE.questions("a", "prompt")).isEqualTo(of);
    assertThat(of).hasSize(3).extracting(Question::prompt).containsOnly("prompt");
    assertThat(of).extracting(Question::seed).doesNotHaveDuplicates();
    assertThat(others)
        .extracting(Question::seed)
        .doesNotContainAnyElementsOf(of.stream().map(Question::seed).toList());
    assertThat(Attempts.selfConsistency(3, VOTE.decoding(), 12).questions("a", "prompt"))
        .isNotEqualTo(of);
  }

  @Test
  void shouldGradeTheVoteAndKeepItBesideTheGreedyFigures() {
    List<Problem> problems =
        List.of(
            Samples.problem("a", "sums", "in", Problem.Domain.IN),
            Samples.problem("b", "sums", "in", Problem.Domain.IN));
    List<Question> asked = new ArrayList<>();
    Respondent respondent =
        new Respondent() {
          @Override
          public List<Response> respond(List<Question> questions, Decoding decoding) {
            asked.addAll(questions);
            assertThat(decoding).isEqualTo(VOTE.decoding());
            return List.of(answer(3), answer(4), answer(3), answer(5), answer(3), cut());
          }

          @Override
          public void close() {}
        };

    Examination examination =
        Examination.hold(
            Samples.checkpoint("edit-7", true, "uri", "sha", "tok"),
            Benchmark.of(problems).get(0),
            Samples.prompts().of("in"),
            respondent,
            VOTE);
    Evaluation evaluation = examination.evaluation(Map.of());

    assertThat(asked).extracting(Question::seed).doesNotHaveDuplicates().hasSize(6);
    assertThat(examination.answered())
        .extracting(Answered::grade)
        .containsExactly(Grade.RIGHT, Grade.WRONG);
    assertThat(evaluation.key()).isEqualTo("edit-7/in/self-consistency");
    assertThat(evaluation.label()).isEqualTo("in (self-consistency)");
    assertThat(evaluation.overall()).isEqualTo(Evaluation.Score.of(1, 2, 0, 1));
    assertThat(evaluation.config())
        .containsEntry("filter", "maj@3")
        .containsEntry("samples", "3")
        .containsEntry("temperature", "0.7")
        .containsEntry("topP", "0.95")
        .containsEntry("seed", "11");
  }

  @Test
  void shouldRefuseSamplesThatWouldAllBeAlike() {
    assertThatThrownBy(() -> Attempts.selfConsistency(8, Decoding.GREEDY, 1))
        .hasMessageContaining("temperature: expected more than 0 for 8 samples");
  }

  private static Response answer(int answer) {
    return new Response("the answer is " + answer + ".", Finish.STOP);
  }

  private static Response cut() {
    return new Response("the answer", Finish.LENGTH);
  }
}
