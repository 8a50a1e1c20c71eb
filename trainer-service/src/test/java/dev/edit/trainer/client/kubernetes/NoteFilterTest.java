package dev.edit.trainer.client.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.trainer.client.kubernetes.JobState.Kind;
import dev.edit.trainer.domain.RunLauncher.Note;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoteFilterTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final NoteFilter filter = new NoteFilter(Duration.ofMinutes(1), () -> now);

  private static JobState noNode(int nodes) {
    return new JobState.Waiting(Kind.NODE, "0/%d nodes are available".formatted(nodes));
  }

  @Test
  void shouldTellAStateOnce() {
    assertThat(filter.pass(noNode(3))).isPresent();
    assertThat(filter.pass(noNode(3))).isEmpty();
  }

  @Test
  void shouldKeepBackOtherWordingsForAWhileAndThenTellTheNewest() {
    filter.pass(noNode(3));
    for (int nodes = 4; nodes < 100; nodes++) {
      assertThat(filter.pass(noNode(nodes))).isEmpty();
    }
    now = now.plusSeconds(61);

    assertThat(filter.pass(noNode(100))).map(Note::message).contains("0/100 nodes are available");
  }

  @Test
  void shouldTellAnotherKindOfWaitAtOnce() {
    filter.pass(noNode(3));

    assertThat(filter.pass(new JobState.Waiting(Kind.IMAGE, "no image"))).isPresent();
  }

  @Test
  void shouldTellThatItRunsAndNothingOfQuietStates() {
    filter.pass(noNode(3));
    assertThat(filter.pass(new JobState.Quiet())).isEmpty();
    assertThat(filter.pass(new JobState.Running("on gpu-3"))).isPresent();
    assertThat(filter.pass(new JobState.Running("on gpu-3"))).isEmpty();
  }
}
