package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.generator.domain.stage.ScriptedTeacher;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.domain.teacher.Teacher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitedTeacherTest {
  private static final Reply ANSWER = new Reply.Answered("!", ScriptedTeacher.USAGE);

  private final List<CompletableFuture<Reply>> calls = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<Void>> alarms = new ArrayList<>();
  private final Gate gate = new Gate();

  /** Lets calls out when told to. */
  private static final class Gate implements Admission {
    private Duration wait = Duration.ZERO;
    private int places = Integer.MAX_VALUE;
    private int out;

    @Override
    public Duration delay(Estimate estimate) {
      return wait;
    }

    @Override
    public void admitted(Estimate estimate) {
      out++;
    }

    @Override
    public void settled(Estimate estimate, Reply reply) {
      out--;
    }

    @Override
    public int places(int most) {
      return Math.min(places, most);
    }
  }

  @Test
  void shouldRunNoMoreThanTheLimitAtOnce() {
    LimitedTeacher.Lane lane = limited(2).lane();
    List<CompletableFuture<Reply>> replies = askTimes(lane, 5);
    assertThat(calls).hasSize(2);
    calls.get(1).complete(ANSWER);
    assertThat(calls).hasSize(3);
    assertThat(replies.get(1)).isCompletedWithValue(ANSWER);
    assertThat(replies.get(0)).isNotDone();
  }

  @Test
  void shouldGiveThePlaceBackWhenACallFails() {
    LimitedTeacher.Lane lane = limited(1).lane();
    List<CompletableFuture<Reply>> replies = askTimes(lane, 2);
    calls.get(0).completeExceptionally(new IllegalStateException("fault"));
    assertThat(replies.get(0)).isCompletedExceptionally();
    assertThat(calls).hasSize(2);
    assertThat(gate.out).isEqualTo(1);
  }

  @Test
  void shouldNotNestWhenRepliesAreInstant() {
    LimitedTeacher limited = limited(request -> CompletableFuture.completedStage(ANSWER), 1);
    assertThat(askTimes(limited.lane(), 100_000)).allMatch(CompletableFuture::isDone);
  }

  @Test
  void shouldGiveThePlaceBackWhenTheTeacherThrows() {
    LimitedTeacher limited =
        limited(
            request -> {
              throw new IllegalStateException("fault");
            },
            1);
    assertThat(askTimes(limited.lane(), 3)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void shouldTakeTurnsWhenOneLaneHasManyRequests() {
    LimitedTeacher limited = limited(1);
    LimitedTeacher.Lane crowded = limited.lane();
    LimitedTeacher.Lane quiet = limited.lane();
    for (int i = 0; i < 4; i++) {
      crowded.ask(request("crowded " + i));
    }
    quiet.ask(request("quiet 0"));
    quiet.ask(request("quiet 1"));
    for (int i = 0; i < 5; i++) {
      calls.get(i).complete(ANSWER);
    }
    assertThat(asked)
        .containsExactly("crowded 0", "quiet 0", "crowded 1", "quiet 1", "crowded 2", "crowded 3");
  }

  @Test
  void shouldWantNoMoreWhenItsOwnQueueIsLong() {
    LimitedTeacher limited = limited(1);
    LimitedTeacher.Lane crowded = limited.lane();
    LimitedTeacher.Lane quiet = limited.lane();
    assertThat(crowded.wanted()).isTrue();
    askTimes(crowded, 40);
    assertThat(crowded.wanted()).isFalse();
    assertThat(quiet.wanted()).isTrue();
    assertThat(limited.waiting()).isEqualTo(39);
  }

  @Test
  void shouldLetNothingOutWhileTheAdmissionSaysSo() {
    gate.wait = Duration.ofSeconds(2);
    LimitedTeacher.Lane lane = limited(8).lane();
    askTimes(lane, 3);
    assertThat(calls).isEmpty();
    assertThat(alarms).as("one alarm for all").hasSize(1);
    gate.wait = Duration.ZERO;
    alarms.get(0).complete(null);
    assertThat(calls).hasSize(3);
    assertThat(gate.out).isEqualTo(3);
  }

  @Test
  void shouldRunFewerWhenTheAdmissionLeavesFewerPlaces() {
    gate.places = 1;
    LimitedTeacher.Lane lane = limited(8).lane();
    askTimes(lane, 3);
    assertThat(calls).hasSize(1);
    gate.places = 8;
    calls.get(0).complete(ANSWER);
    assertThat(calls).hasSize(3);
  }

  @Test
  void shouldOnlyBringBackWhatIsOutWhenALaneStops() {
    LimitedTeacher limited = limited(1);
    LimitedTeacher.Lane stopped = limited.lane();
    LimitedTeacher.Lane other = limited.lane();
    List<CompletableFuture<Reply>> replies = askTimes(stopped, 2);
    askTimes(other, 1);
    stopped.stop();
    assertThat(stopped.busy()).isTrue();
    assertThat(stopped.wanted()).isFalse();
    calls.get(0).complete(ANSWER);
    assertThat(stopped.busy()).isFalse();
    assertThat(replies.get(0)).isCompletedWithValue(ANSWER);
    assertThat(replies.get(1)).isNotDone();
    assertThat(calls).as("the other lane's call").hasSize(2);
  }

  private LimitedTeacher limited(int concurrency) {
    return limited(
        request -> {
          CompletableFuture<Reply> call = new CompletableFuture<>();
          calls.add(call);
          asked.add(request.messages().get(0).content());
          return call;
        },
        concurrency);
  }

  private LimitedTeacher limited(Teacher teacher, int concurrency) {
    return new LimitedTeacher(
        teacher,
        concurrency,
        gate,
        new TokenEstimate(),
        duration -> {
          CompletableFuture<Void> alarm = new CompletableFuture<>();
          alarms.add(alarm);
          return alarm;
        });
  }

  private static ChatRequest request(String text) {
    return new ChatRequest(List.of(ChatMessage.user(text)), new Sampling(0.2, 1, 10), 1);
  }

  private static List<CompletableFuture<Reply>> askTimes(LimitedTeacher.Lane lane, int times) {
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      replies.add(lane.ask(request("?")).toCompletableFuture());
    }
    return replies;
  }
}
