package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.generator.domain.stage.ScriptedTeacher;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitedTeacherTest {
  private static final Reply ANSWER = new Reply.Answered("!", ScriptedTeacher.USAGE);

  private final List<CompletableFuture<Reply>> calls = new ArrayList<>();

  @Test
  void shouldRunNoMoreThanTheLimitAtOnce() {
    LimitedTeacher limited = limited(2);
    List<CompletableFuture<Reply>> replies = askTimes(limited, 5);
    assertThat(calls).hasSize(2);
    calls.get(1).complete(ANSWER);
    assertThat(calls).hasSize(3);
    assertThat(replies.get(1)).isCompletedWithValue(ANSWER);
    assertThat(replies.get(0)).isNotDone();
  }

  @Test
  void shouldGiveThePlaceBackWhenACallFails() {
    LimitedTeacher limited = limited(1);
    List<CompletableFuture<Reply>> replies = askTimes(limited, 2);
    calls.get(0).completeExceptionally(new IllegalStateException("fault"));
    assertThat(replies.get(0)).isCompletedExceptionally();
    assertThat(calls).hasSize(2);
  }

  @Test
  void shouldNotNestWhenRepliesAreInstant() {
    LimitedTeacher limited =
        new LimitedTeacher(request -> CompletableFuture.completedStage(ANSWER), 1);
    assertThat(askTimes(limited, 100_000)).allMatch(CompletableFuture::isDone);
  }

  @Test
  void shouldGiveThePlaceBackWhenTheTeacherThrows() {
    LimitedTeacher limited =
        new LimitedTeacher(
            request -> {
              throw new IllegalStateException("fault");
            },
            1);
    assertThat(askTimes(limited, 3)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  private LimitedTeacher limited(int concurrency) {
    return new LimitedTeacher(
        request -> {
          CompletableFuture<Reply> call = new CompletableFuture<>();
          calls.add(call);
          return call;
        },
        concurrency);
  }

  private static List<CompletableFuture<Reply>> askTimes(LimitedTeacher limited, int times) {
    ChatRequest request =
        new ChatRequest(List.of(ChatMessage.user("?")), new Sampling(0.2, 1, 10), 1);
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      replies.add(limited.ask(request).toCompletableFuture());
    }
    return replies;
  }
}
