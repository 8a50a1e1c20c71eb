package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Cot;
import dev.edit.contracts.Cot.Verdict;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.generator.domain.teacher.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorruptionTest {
  private final ExemplarPool pool = new ExemplarPool(3, 10);
  private final CompletableFuture<Void> patience = new CompletableFuture<>();

  @BeforeEach
  void fill() {
    pool.add(Stages.rectified("x"));
    pool.add(Stages.rectified("y"));
    pool.add(Stages.rectified("z"));
  }

  @Test
  void shouldPairTheRightTextWithTheCorruptedOneWhenItEndsInAnotherAnswer() {
    ScriptedTeacher teacher =
        ScriptedTeacher.saying("Wrong Response: Three and two. Therefore, the answer is 5.");
    assertThat(corrupt(teacher, Stages.right("a")))
        .isInstanceOfSatisfying(
            Outcome.Paired.class,
            paired -> {
              assertThat(paired.alone()).isEmpty();
              assertThat(paired.dual().origin()).isEqualTo(Origin.CORRUPTED);
              assertThat(paired.dual().wrong().text())
                  .isEqualTo("Three and two. Therefore, the answer is 5.");
            });
    assertThat(teacher.asked().get(0).messages().get(0).content())
        .contains("Therefore, the answer is 8. x", "is 8. y", "is 8. z")
        .endsWith("Right Response: " + Stages.right("a").text() + "\n\nWrong Response:");
  }

  @Test
  void shouldKeepWhatIsWrongWhenMistakesAreMined() {
    ScriptedTeacher teacher =
        ScriptedTeacher.saying(
            "Three and five. Therefore, the answer is 8.", "It is four.\nCategory: other");
    Corruption mining =
        new Corruption(
            Stages.PACK,
            Stages.PROMPTS,
            Stages.attempts(teacher, 2),
            new Exemplars(pool, Duration.ofSeconds(30), asked -> patience, Draws.forgotten()),
            Stages.PATH,
            MistakeMining.by(Stages.PROMPTS, Stages.attempts(teacher, 2), ended -> {}));
    assertThat(mining.of(Stages.right("a")).toCompletableFuture().join())
        .isInstanceOfSatisfying(
            Outcome.Paired.class,
            paired -> assertThat(paired.dual().mistake()).hasToString("other"));
  }

  @Test
  void shouldGoOnAloneWhenTheTeacherInsistsOnTheGoldAnswer() {
    String right = Stages.right("a").text();
    assertAlone(
        corrupt(ScriptedTeacher.saying(right, right), Stages.right("a")), Reason.NOT_CORRUPTED);
  }

  @Test
  void shouldGoOnAloneWhenTheTeacherGivesTheGoldAnswerInAnotherForm() {
    assertAlone(
        corrupt(
            ScriptedTeacher.saying(
                "Three and four. Therefore, the answer is 7.0.",
                "Three and four. Therefore, the answer is **7**."),
            Stages.right("a")),
        Reason.NOT_CORRUPTED);
  }

  @Test
  void shouldGoOnAloneWhenNoAnswerIsAValidOne() {
    String invalid = "Three and five. Therefore, the answer is unclear.";
    assertAlone(
        corrupt(ScriptedTeacher.saying(invalid, invalid), Stages.right("a")),
        Reason.NOT_A_VALID_ANSWER);
  }

  @Test
  void shouldAskAgainHotterWhenATextFollowsAnotherPath() {
    ScriptedTeacher teacher =
        ScriptedTeacher.saying(
            "Eight is my lucky number, has been since I was a child. Therefore, the answer is 8.",
            "Three and five. Therefore, the answer is 8.");
    assertThat(corrupt(teacher, Stages.right("a")))
        .isInstanceOfSatisfying(
            Outcome.Paired.class,
            paired ->
                assertThat(paired.dual().wrong().text())
                    .isEqualTo("Three and five. Therefore, the answer is 8."));
    assertThat(teacher.asked())
        .extracting(request -> request.sampling().temperature())
        .containsExactly(0.2, 0.45);
  }

  @Test
  void shouldGoOnAloneWhenEveryTextFollowsAnotherPath() {
    String elsewhere =
        "Eight is my lucky number, has been since I was a child. Therefore, the answer is 8.";
    assertAlone(
        corrupt(ScriptedTeacher.saying(elsewhere, elsewhere), Stages.right("a")),
        Reason.NOT_SAME_PATH);
  }

  @Test
  void shouldGoOnAloneWhenTheTeacherRefuses() {
    assertAlone(
        corrupt(new ScriptedTeacher(new Reply.Refused(400, "too long")), Stages.right("a")),
        Reason.TEACHER_REFUSED);
  }

  @Test
  void shouldTakeSeedPairsWhenPatienceEnds() {
    ScriptedTeacher teacher = ScriptedTeacher.saying("Therefore, the answer is 6.");
    CompletionStage<Outcome> outcome =
        corruption(new ExemplarPool(3, 10), teacher).of(Stages.right("a"));
    assertThat(teacher.asked()).isEmpty();
    patience.complete(null);
    assertThat(outcome).isCompleted();
    assertThat(teacher.asked().get(0).messages().get(0).content()).contains("Five and six.");
  }

  @Test
  void shouldGoOnAloneWhenPatienceEndsAndThePackHasNoSeeds() {
    patience.complete(null);
    Cot seedless =
        new Cot(
            Stages.problem("s", "seedless", "3 + 4", "7"),
            "the answer is 7",
            "7",
            Verdict.RIGHT,
            ScriptedTeacher.USAGE,
            1);
    assertAlone(corrupt(new ScriptedTeacher(), seedless), Reason.NO_EXEMPLARS);
  }

  private static void assertAlone(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Paired.class,
            paired -> {
              assertThat(paired.alone()).contains(reason);
              assertThat(paired.dual().dual()).isEmpty();
            });
  }

  private Outcome corrupt(ScriptedTeacher teacher, Cot right) {
    return corruption(pool, teacher).of(right).toCompletableFuture().join();
  }

  private Corruption corruption(ExemplarPool pairs, ScriptedTeacher teacher) {
    return new Corruption(
        Stages.PACK,
        Stages.PROMPTS,
        Stages.attempts(teacher, 2),
        new Exemplars(pairs, Duration.ofSeconds(30), asked -> patience, Draws.forgotten()),
        Stages.PATH,
        MistakeMining.off());
  }
}
