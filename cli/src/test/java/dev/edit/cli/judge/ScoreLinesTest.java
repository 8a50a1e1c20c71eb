package dev.edit.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.cli.judge.Verdict.Scored;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreLinesTest {
  private static final List<String> ORDER = List.of("edit", "dpo", "std-cot");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Score 1: 10\nScore 2: 1\nScore 3: 7",
        "\n Score 3: 7\r\n\nScore 1: 10 \nScore 2: 1\n",
        "<think>Score 1: 3? No.\nScore 2: 9</think>\nScore 1: 10\nScore 2: 1\nScore 3: 7"
      })
  void shouldGiveEachStudentItsScoreWhenTheLinesAreThere(String reply) {
    assertThat(ScoreLines.read(reply, ORDER))
        .isEqualTo(new Scored(Map.of("edit", 10, "dpo", 1, "std-cot", 7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10\n1\n7",
        "Score 1: 10\nScore 2: 1",
        "Score 1: 10\nScore 2: 1\nScore 3: 7\nScore 4: 5",
        "Score 1: 10\nScore 2: 1\nScore 2: 1\nScore 3: 7",
        "Score 1: 10\nScore 2: 0\nScore 3: 7",
        "Score 1: 11\nScore 2: 1\nScore 3: 7",
        "Score 1: 7.5\nScore 2: 1\nScore 3: 7",
        "Score 1: 10/10\nScore 2: 1\nScore 3: 7",
        "Score 1: -1\nScore 2: 1\nScore 3: 7",
        "Score 1: ten\nScore 2: 1\nScore 3: 7",
        "Score 1: 10, because it is right\nScore 2: 1\nScore 3: 7",
        "Here you are:\nScore 1: 10\nScore 2: 1\nScore 3: 7",
        "Score 1: 10 Score 2: 1 Score 3: 7",
        "score 1: 10\nscore 2: 1\nscore 3: 7",
        "<think>Score 1: 10\nScore 2: 1\nScore 3: 7",
        "I cannot judge this."
      })
  void shouldGiveNoScoreAtAllWhenTheReplyIsAnythingElse(String reply) {
    assertThat(ScoreLines.read(reply, ORDER))
        .isInstanceOfSatisfying(
            None.class, none -> assertThat(none.reason()).isEqualTo(Reason.UNPARSABLE));
  }
}
