package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DualCot.Origin;
import org.junit.jupiter.api.Test;

class RectificationTest {

  @Test
  void shouldPairTheWrongTextWithTheRectifiedOneWhenItEndsInTheGoldAnswer() {
    ScriptedTeacher teacher = ScriptedTeacher.saying(Stages.right("a").text());
    assertThat(rectify(teacher))
        .isInstanceOfSatisfying(
            Outcome.Paired.class,
            paired -> {
              assertThat(paired.alone()).isEmpty();
              assertThat(paired.dual().origin()).isEqualTo(Origin.RECTIFIED);
              assertThat(paired.dual().right().text()).isEqualTo(Stages.right("a").text());
              assertThat(paired.dual().wrong().text()).isEqualTo(Stages.wrong("a").text());
            });
    assertThat(teacher.asked().get(0).messages().get(0).content())
        .contains("Q: 3 + 4\nH: The correct answer is 7.\nA:");
  }

  @Test
  void shouldGiveUpWithAReasonWhenTheTeacherInsists() {
    String wrong = Stages.wrong("a").text();
    assertThat(rectify(ScriptedTeacher.saying(wrong, wrong)))
        .isEqualTo(
            new Outcome.GivenUp(
                "a",
                Reason.NOT_RECTIFIED,
                "told the answer '7', the teacher still answered '8'",
                2));
  }

  @Test
  void shouldAskAgainHotterWhenATextFollowsAnotherPath() {
    ScriptedTeacher teacher =
        ScriptedTeacher.saying(
            "Seven days make a week, as everybody knows by heart. Therefore, the answer is 7.",
            Stages.right("a").text());
    assertThat(rectify(teacher)).isInstanceOf(Outcome.Paired.class);
    assertThat(teacher.asked())
        .extracting(request -> request.sampling().temperature())
        .containsExactly(0.2, 0.45);
  }

  @Test
  void shouldGiveUpWithAReasonOfItsOwnWhenEveryTextFollowsAnotherPath() {
    String elsewhere =
        "Seven days make a week, as everybody knows by heart. Therefore, the answer is 7.";
    assertThat(rectify(ScriptedTeacher.saying(elsewhere, elsewhere)))
        .isInstanceOfSatisfying(
            Outcome.GivenUp.class,
            given -> {
              assertThat(given.reason()).isEqualTo(Reason.NOT_SAME_PATH);
              assertThat(given.reason().code()).isEqualTo("not-same-path");
              assertThat(given.message()).contains("0.32", "was 0.");
              assertThat(given.attempts()).isEqualTo(2);
            });
  }

  @Test
  void shouldAskNothingWhenTheAnswerIsTheGoldOneInAnotherForm() {
    Cot inWords =
        new Cot(
            Stages.problem("w", "sums", "3 + 4\nOptions:\n(A) six\n(B) seven", "(B)"),
            "Three and four. Therefore, the answer is (B) seven.",
            "(B) seven",
            Cot.Verdict.WRONG,
            ScriptedTeacher.USAGE,
            1);
    assertThat(rectify(new ScriptedTeacher(), inWords))
        .isEqualTo(
            new Outcome.GivenUp(
                "w", Reason.NOT_WRONG, "'(B) seven' is the gold answer '(B)' in another form", 0));
  }

  private static Outcome rectify(ScriptedTeacher teacher) {
    return rectify(teacher, Stages.wrong("a"));
  }

  private static Outcome rectify(ScriptedTeacher teacher, Cot wrong) {
    return new Rectification(
            Stages.PACK,
            Stages.PROMPTS,
            Stages.attempts(teacher, 2),
            Stages.PATH,
            MistakeMining.off())
        .of(wrong)
        .toCompletableFuture()
        .join();
  }
}
