package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Why wrong and right chains of thought have a topic each: right ones wait for rectified pairs, and
 * where wrong ones queue behind them, there will never be any. Patience is endless here, and a lane
 * works on four records at once, as a consumer's window does.
 */
class TwoTopicsTest {
  private static final int EACH = 10;

  private final ExemplarPool pool = new ExemplarPool(Exemplars.COUNT, 100);
  private final Rectification rectification =
      new Rectification(
          Stages.PACK,
          Stages.PROMPTS,
          Stages.attempts(teacher(), 2),
          Stages.PATH,
          MistakeMining.off());
  private final Corruption corruption =
      new Corruption(
          Stages.PACK,
          Stages.PROMPTS,
          Stages.attempts(teacher(), 2),
          new Exemplars(
              pool, Duration.ofDays(1), asked -> new CompletableFuture<>(), Draws.forgotten()),
          Stages.PATH,
          MistakeMining.off());

  @Test
  void shouldEndAllWhenWrongOnesHaveALaneOfTheirOwn() {
    Lane rights = new Lane();
    Lane wrongs = new Lane();
    addRights(rights);
    addWrongs(wrongs);
    rights.run();
    assertThat(rights.ended).as("they wait").isEmpty();
    wrongs.run();
    assertThat(wrongs.ended).hasSize(EACH).allMatch(Outcome.Paired.class::isInstance);
    assertThat(rights.ended)
        .hasSize(EACH)
        .allSatisfy(outcome -> assertThat(((Outcome.Paired) outcome).dual().dual()).isPresent());
  }

  @Test
  void shouldNeverEndWhenWrongOnesQueueBehindRightOnes() {
    Lane one = new Lane();
    addRights(one);
    addWrongs(one);
    one.run();
    assertThat(one.inWork).isEqualTo(Lane.WINDOW);
    assertThat(one.ended).isEmpty();
  }

  private void addRights(Lane lane) {
    for (int i = 0; i < EACH; i++) {
      String id = "right-" + i;
      lane.waiting.add(() -> corruption.of(Stages.right(id)));
    }
  }

  private void addWrongs(Lane lane) {
    for (int i = 0; i < EACH; i++) {
      String id = "wrong-" + i;
      lane.waiting.add(() -> rectification.of(Stages.wrong(id)));
    }
  }

  private static Teacher teacher() {
    return request -> {
      String prompt = request.messages().get(0).content();
      String text =
          prompt.endsWith("Wrong Response:") ? Stages.wrong("a").text() : Stages.right("a").text();
      return CompletableFuture.completedStage(new Reply.Answered(text, ScriptedTeacher.USAGE));
    };
  }

  /** Works in order, on so many at once; what is rectified comes to the pool, as through Kafka. */
  private final class Lane {
    private static final int WINDOW = 4;

    private final Queue<Supplier<CompletionStage<Outcome>>> waiting = new ArrayDeque<>();
    private final List<Outcome> ended = new ArrayList<>();
    private int inWork;

    void run() {
      while (inWork < WINDOW && !waiting.isEmpty()) {
        inWork++;
        waiting.poll().get().thenAccept(this::end);
      }
    }

    private void end(Outcome outcome) {
      ended.add(outcome);
      inWork--;
      pool.add(((Outcome.Paired) outcome).dual());
      run();
    }
  }
}
