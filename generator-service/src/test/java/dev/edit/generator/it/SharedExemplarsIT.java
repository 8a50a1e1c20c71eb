package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.generator.it.ChatServer.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rectified pairs are shared by all workers and known again after a restart. Each worker has a
 * teacher that signs its texts, so a prompt shows whose pairs it holds; patience is ten minutes, so
 * that nothing here could end without them.
 */
class SharedExemplarsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WRONG = 40;
  private static final int RIGHT = 60;
  private static final String RECTIFIED = "H: The correct answer is 1";

  @TempDir Path folder;

  @Test
  void shouldShowEveryWorkersPairsToEachAndAfterARestart() throws Exception {
    try (ChatServer first = teacher("Anna");
        ChatServer second = teacher("Bert");
        ChatServer restarted = teacher("Cleo");
        TestBed bed = new TestBed(folder, first.url())) {
      bed.set("EDIT_GENERATOR_PATIENCE", "PT10M");
      try (Worker anna = worker(bed, "anna", first);
          Worker bert = worker(bed, "bert", second)) {
        await().atMost(PATIENCE).until(() -> anna.ready() && bert.ready());
        bed.publish(WRONG, i -> "wrong");
        await().atMost(PATIENCE).until(() -> bed.duals().size() == WRONG);
        assertThat(first.calls(RECTIFIED)).as("rectified by Anna").isPositive();
        assertThat(second.calls(RECTIFIED)).as("rectified by Bert").isPositive();

        bed.publish(WRONG, WRONG + RIGHT, i -> "right");
        await().atMost(PATIENCE).until(() -> bed.duals().size() == WRONG + RIGHT);
        for (ChatServer teacher : List.of(first, second)) {
          assertThat(teacher.calls("Right Response: Count with Anna")).isPositive();
          assertThat(teacher.calls("Right Response: Count with Bert")).isPositive();
        }
        anna.stop();
        bert.stop();
      }
      try (Worker cleo = worker(bed, "anna", restarted)) {
        bed.publish(WRONG + RIGHT, WRONG + 2 * RIGHT, i -> "right");
        await().atMost(PATIENCE).until(() -> bed.duals().size() == WRONG + 2 * RIGHT);
        assertThat(restarted.calls(RECTIFIED)).as("rectified by Cleo").isZero();
        assertThat(restarted.calls("Right Response: Count with Anna")).isPositive();
        assertThat(restarted.calls("Right Response: Count with Bert")).isPositive();
        cleo.stop();
      }
    }
  }

  private static ChatServer teacher(String name) throws IOException {
    return new ChatServer(
        (prompt, call) -> {
          Response reply = ScriptedChats.reply(prompt, call);
          return new Response(
              reply.status(),
              reply.headers(),
              reply.body().replace("Count to", "Count with " + name + " to"));
        });
  }

  /** Without a cache, which would know pairs again by itself. */
  private Worker worker(TestBed bed, String name, ChatServer teacher) {
    Map<String, String> environment = bed.environment(name);
    environment.put("EDIT_GENERATOR_TEACHER_URL", teacher.url());
    environment.remove("EDIT_GENERATOR_CACHE");
    return Worker.start(folder, environment);
  }
}
