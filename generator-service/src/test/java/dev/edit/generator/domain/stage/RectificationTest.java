package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static Outcome rectify(ScriptedTeacher teacher) {
    return new Rectification(Stages.PACK, Stages.PROMPTS, Stages.attempts(teacher, 2))
        .of(Stages.wrong("a"))
        .toCompletableFuture()
        .join();
  }
}
