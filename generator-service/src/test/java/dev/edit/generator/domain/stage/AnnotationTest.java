package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Cot.Verdict;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnotationTest {
  private static final String RIGHT = "Three and four. Therefore, the answer is 7.";

  @Test
  void shouldKeepTheTextWhenItIsRight() {
    assertThat(annotate(ScriptedTeacher.saying(RIGHT)))
        .isEqualTo(new Outcome.Annotated(Stages.right("a")));
  }

  @Test
  void shouldKeepTheTextWhenItIsWrong() {
    assertThat(annotate(ScriptedTeacher.saying(Stages.wrong("a").text())))
        .isInstanceOfSatisfying(
            Outcome.Annotated.class,
            annotated -> assertThat(annotated.cot().verdict()).isEqualTo(Verdict.WRONG));
  }

  @Test
  void shouldAskHotterWhenTheReplyIsUnusable() {
    ScriptedTeacher teacher =
        new ScriptedTeacher(
            new Reply.Unusable(Flaw.TRUNCATED, "cut", ScriptedTeacher.USAGE),
            new Reply.Answered("No idea.", ScriptedTeacher.USAGE),
            new Reply.Answered(RIGHT, ScriptedTeacher.USAGE));
    assertThat(annotate(teacher))
        .isInstanceOfSatisfying(
            Outcome.Annotated.class,
            annotated -> assertThat(annotated.cot().attempt()).isEqualTo(3));
    assertThat(teacher.asked())
        .extracting(request -> request.sampling().temperature())
        .containsExactly(0.2, 0.45, 0.7);
  }

  @Test
  void shouldGiveUpWithTheLastReasonWhenAttemptsRunOut() {
    assertThat(annotate(ScriptedTeacher.saying("?", "??", "???")))
        .isInstanceOfSatisfying(
            Outcome.GivenUp.class,
            given -> {
              assertThat(given.reason()).isEqualTo(Reason.TEACHER_NO_ANSWER);
              assertThat(given.attempts()).isEqualTo(3);
            });
  }

  @Test
  void shouldAskOnceWhenTheTeacherRefuses() {
    assertThat(annotate(new ScriptedTeacher(new Reply.Refused(401, "no such key"))))
        .isEqualTo(
            new Outcome.GivenUp("a", Reason.TEACHER_REFUSED, "HTTP status 401: no such key", 1));
  }

  @Test
  void shouldNotAskAgainWhenTheTeacherStayedAway() {
    assertThat(annotate(new ScriptedTeacher(new Reply.Unavailable("down", Optional.empty()))))
        .isEqualTo(new Outcome.GivenUp("a", Reason.TEACHER_UNAVAILABLE, "down", 1));
  }

  @Test
  void shouldSkipWhenTheProblemIsOfTheTestSplit() {
    Problem test = new Problem("t", "sums", "3 + 4", "7", Split.TEST, Domain.IN, "test", null);
    assertThat(annotate(new ScriptedTeacher(), test)).isEqualTo(new Outcome.Skipped());
  }

  @Test
  void shouldGiveUpWhenThePackDoesNotKnowTheTask() {
    assertThat(annotate(new ScriptedTeacher(), Stages.problem("u", "unknown_task", "3 + 4", "7")))
        .isEqualTo(
            new Outcome.GivenUp(
                "u",
                Reason.NO_PROMPT_FOR_TASK,
                "the prompt pack has no file cot-prompts/unknown_task.txt",
                0));
  }

  @Test
  void shouldNameTheFileWhenThePackIsBroken() {
    assertThat(annotate(new ScriptedTeacher(), Stages.problem("b", "broken", "3 + 4", "7")))
        .isInstanceOfSatisfying(
            Outcome.GivenUp.class,
            given -> {
              assertThat(given.reason()).isEqualTo(Reason.INVALID_PROMPT_FILE);
              assertThat(given.message()).contains("cot-prompts/broken.txt:3: expected a line");
            });
  }

  private static Outcome annotate(ScriptedTeacher teacher) {
    return annotate(teacher, Stages.problem("a"));
  }

  private static Outcome annotate(ScriptedTeacher teacher, Problem problem) {
    return new Annotation(Stages.PACK, Stages.PROMPTS, Stages.attempts(teacher, 3))
        .of(problem)
        .toCompletableFuture()
        .join();
  }
}
