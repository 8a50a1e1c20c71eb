package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.generator.domain.stage.Annotation;
import dev.edit.generator.domain.stage.Outcome;
import dev.edit.generator.domain.stage.Reason;
import dev.edit.generator.domain.stage.Stages;
import dev.edit.generator.domain.teacher.Teacher;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bodies of status 200 that are no chain of thought: none is accepted, each says why. */
class GarbageTest {
  private static final String GOOD = "Three and four. Therefore, the answer is 7.";

  @Test
  void shouldAcceptNoneAndNameTheReasonWhenRepliesAreGarbage() {
    Map<String, Reason> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThanOrEqualTo(12);
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    corpus.forEach(
        (body, reason) -> {
          Outcome outcome = annotate(body);
          assertThat(outcome)
              .as(body.substring(0, Math.min(80, body.length())))
              .isInstanceOfSatisfying(
                  Outcome.GivenUp.class, given -> assertThat(given.reason()).isEqualTo(reason));
          seen.add(((Outcome.GivenUp) outcome).reason());
        });
    assertThat(seen).as("distinct reasons").hasSize(8);
    assertThat(annotate(chat(GOOD, "stop"))).isInstanceOf(Outcome.Annotated.class);
  }

  private static Map<String, Reason> corpus() {
    Map<String, Reason> corpus = new LinkedHashMap<>();
    corpus.put("", Reason.TEACHER_MALFORMED);
    corpus.put("<html>502 Bad Gateway</html>", Reason.TEACHER_MALFORMED);
    corpus.put("{\"choices\":[{\"message\":", Reason.TEACHER_MALFORMED);
    corpus.put("{\"choices\":[]}", Reason.TEACHER_MALFORMED);
    corpus.put("{\"error\":{\"message\":\"overloaded\"}}", Reason.TEACHER_MALFORMED);
    corpus.put("[" + GOOD + "]", Reason.TEACHER_MALFORMED);
    corpus.put(chat("", "stop"), Reason.TEACHER_EMPTY);
    corpus.put(chat(" \\n\\t ", "stop"), Reason.TEACHER_EMPTY);
    corpus.put(chat("<think>" + GOOD, "stop"), Reason.TEACHER_EMPTY);
    corpus.put(chat(GOOD, "length"), Reason.TEACHER_TRUNCATED);
    corpus.put(chat(GOOD, "content_filter"), Reason.TEACHER_FILTERED);
    corpus.put(chat("I would rather not say.", "stop"), Reason.TEACHER_NO_ANSWER);
    corpus.put(chat("Therefore, the answer is", "stop"), Reason.TEACHER_NO_ANSWER);
    corpus.put(chat(GOOD + " Therefore, the answer is 8.", "stop"), Reason.TEACHER_TWO_ANSWERS);
    corpus.put(chat("\\u0000" + GOOD, "stop"), Reason.TEACHER_CONTROL_CHARACTERS);
    corpus.put(chat("x".repeat(200_000) + GOOD, "stop"), Reason.TEACHER_OVERSIZE);
    return corpus;
  }

  private static String chat(String text, String finish) {
    return "{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"%s\"}]}"
        .formatted(text, finish);
  }

  private static Outcome annotate(String body) {
    ReplyReader reader = new ReplyReader("model", Dialect.usual());
    Teacher teacher =
        request ->
            CompletableFuture.completedStage(reader.read(body.getBytes(StandardCharsets.UTF_8)));
    return new Annotation(Stages.PACK, Stages.PROMPTS, Stages.attempts(teacher, 1))
        .of(Stages.problem("a"))
        .toCompletableFuture()
        .join();
  }
}
