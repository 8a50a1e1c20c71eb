package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.MistakePattern;
import dev.edit.generator.domain.teacher.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MistakeMiningTest {
  private final List<String> ended = new ArrayList<>();

  @Test
  void shouldKeepThePatternOnThePairWhenTheTeacherNamesOne() {
    ScriptedTeacher teacher =
        ScriptedTeacher.saying("Three and four are seven.\nCategory: calculation");
    Outcome.Paired pair = pair();
    assertThat(mine(teacher, pair))
        .isEqualTo(
            new Outcome.Paired(
                new DualCot(
                    pair.dual().problem(),
                    pair.dual().right(),
                    pair.dual().wrong(),
                    Origin.RECTIFIED,
                    MistakePattern.parse("calculation")),
                Optional.empty()));
    assertThat(ended).containsExactly("calculation");
    assertThat(teacher.asked().get(0).messages().get(0).content())
        .contains("logical", "knowledge", "calculation", "other")
        .endsWith(
            """
            Q: 3 + 4
            H: The correct answer is 7.

            Wrong Response: Three and five. Therefore, the answer is 8. a

            Rationale:""");
  }

  @Test
  void shouldAskAgainHotterWhenAReplyIsNotOfTheForm() {
    ScriptedTeacher teacher =
        ScriptedTeacher.saying("Calculation, I think.", "They are seven.\nCategory: calculation");
    assertThat(mistake(mine(teacher, pair()))).hasToString("calculation");
    assertThat(teacher.asked())
        .extracting(request -> request.sampling().temperature())
        .containsExactly(0.2, 0.45);
  }

  @Test
  void shouldLetThePairGoOnWithoutAPatternWhenTheBudgetEnds() {
    Outcome.Paired pair = pair();
    assertThat(mine(ScriptedTeacher.saying("Hm.", "Well."), pair)).isEqualTo(pair);
    assertThat(ended).containsExactly("not-classified");
  }

  @Test
  void shouldLetThePairGoOnWithoutAPatternWhenTheTeacherRefuses() {
    Outcome.Paired pair = pair();
    assertThat(mine(new ScriptedTeacher(new Reply.Refused(400, "no")), pair)).isEqualTo(pair);
    assertThat(ended).containsExactly("teacher-refused");
  }

  @Test
  void shouldAskNothingWhenThereIsNoWrongSide() {
    DualCot dual = pair().dual();
    Outcome alone =
        new Outcome.Paired(
            new DualCot(dual.problem(), dual.right(), null, Origin.CORRUPTED, null),
            Optional.of(Reason.NOT_CORRUPTED));
    Outcome gone = new Outcome.GivenUp("a", Reason.NOT_RECTIFIED, "no", 2);
    assertThat(mine(new ScriptedTeacher(), alone)).isEqualTo(alone);
    assertThat(mine(new ScriptedTeacher(), gone)).isEqualTo(gone);
    assertThat(ended).isEmpty();
  }

  @Test
  void shouldMineRectifiedPairsWhenItIsOn() {
    ScriptedTeacher rectifying =
        ScriptedTeacher.saying(Stages.right("a").text(), "Why.\nCategory: knowledge");
    Outcome rectified =
        new Rectification(
                Stages.PACK,
                Stages.PROMPTS,
                Stages.attempts(rectifying, 2),
                Stages.PATH,
                mining(rectifying))
            .of(Stages.wrong("a"))
            .toCompletableFuture()
            .join();
    assertThat(mistake(rectified)).hasToString("knowledge");
  }

  private static MistakePattern mistake(Outcome outcome) {
    return ((Outcome.Paired) outcome).dual().mistake();
  }

  private static Outcome.Paired pair() {
    return new Outcome.Paired(Stages.rectified("a"), Optional.empty());
  }

  private Outcome mine(ScriptedTeacher teacher, Outcome outcome) {
    return mining(teacher).mine(outcome).toCompletableFuture().join();
  }

  private MistakeMining mining(ScriptedTeacher teacher) {
    return MistakeMining.by(Stages.PROMPTS, Stages.attempts(teacher, 2), ended::add);
  }
}
