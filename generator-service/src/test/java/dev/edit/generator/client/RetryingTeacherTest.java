package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.generator.domain.stage.ScriptedTeacher;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.metrics.GeneratorMetrics;
import dev.edit.openai.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetryingTeacherTest {
  private static final ChatRequest REQUEST =
      new ChatRequest(List.of(ChatMessage.user("?")), new Sampling(0.2, 1, 10), 1);
  private static final Reply ANSWER = new Reply.Answered("!", ScriptedTeacher.USAGE);
  private static final Reply DOWN = new Reply.Unavailable("down", Optional.empty());

  private final List<Duration> waits = new ArrayList<>();

  @Test
  void shouldReturnTheAnswerWhenARetryGetsIt() {
    ScriptedTeacher teacher = new ScriptedTeacher(DOWN, DOWN, ANSWER);
    assertThat(ask(teacher, 8)).isEqualTo(ANSWER);
    assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void shouldReturnTheLastReplyWhenRetriesRunOut() {
    ScriptedTeacher teacher = new ScriptedTeacher(DOWN, DOWN, DOWN);
    assertThat(ask(teacher, 2)).isEqualTo(DOWN);
    assertThat(teacher.asked()).hasSize(3);
  }

  @Test
  void shouldWaitAsAskedButNoLongerThanTheCap() {
    ScriptedTeacher teacher =
        new ScriptedTeacher(
            new Reply.Unavailable("busy", Optional.of(Duration.ofSeconds(3))),
            new Reply.Unavailable("busy", Optional.of(Duration.ofHours(1))),
            ANSWER);
    assertThat(ask(teacher, 8)).isEqualTo(ANSWER);
    assertThat(waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  @Test
  void shouldNotAskAgainWhenTheTeacherRefuses() {
    Reply refused = new Reply.Refused(400, "bad");
    assertThat(ask(new ScriptedTeacher(refused), 8)).isEqualTo(refused);
    assertThat(waits).isEmpty();
  }

  @Test
  void shouldBackOffExponentiallyWithJitter() {
    for (int tenth = 0; tenth < 10; tenth++) {
      double random = tenth / 10.0;
      Backoff backoff =
          new Backoff(
              Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(30), () -> random);
      for (int retry = 1; retry <= 8; retry++) {
        double full = Math.min(500 * Math.pow(2, retry - 1), 8_000);
        assertThat(backoff.before(retry, Optional.empty()).toMillis())
            .isBetween(Math.round(full * 0.75), Math.round(full));
      }
    }
  }

  private Reply ask(ScriptedTeacher teacher, int retries) {
    Backoff backoff =
        new Backoff(
            Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(30), () -> 0.0);
    return new RetryingTeacher(
            teacher,
            retries,
            backoff,
            duration -> {
              waits.add(duration);
              return CompletableFuture.completedStage(null);
            },
            new GeneratorMetrics(new SimpleMeterRegistry()))
        .ask(REQUEST)
        .toCompletableFuture()
        .join();
  }
}
