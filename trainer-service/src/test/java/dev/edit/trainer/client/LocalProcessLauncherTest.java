package dev.edit.trainer.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.trainer.domain.RunLauncher.WorkerEnd;
import dev.edit.trainer.domain.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessLauncherTest {
  @TempDir Path work;

  /** What a worker may do. */
  static final class Ends {
    private Ends() {}

    /** Fills the heap, or ends with the code that it is given. */
    public static void main(String[] arguments) {
      if (!arguments[0].equals("heap")) {
        System.exit(Integer.parseInt(arguments[0]));
      }
      byte[][] held = new byte[1 << 20][];
      for (int at = 0; at < held.length; at++) {
        held[at] = new byte[1 << 20];
      }
    }
  }

  private WorkerEnd end(String how) throws IOException {
    Run run = Samples.run(Recipe.EDIT, 1, 1);
    WorkerCommand command =
        new WorkerCommand(
            System.getProperty("java.class.path"),
            Ends.class.getName(),
            List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            1,
            any -> List.of(how),
            Map.of());
    return new LocalProcessLauncher(work, command).launch(run, note -> {}).end().join();
  }

  @Test
  void shouldTellAnExhaustedHeapFromAnInvalidRun() throws IOException {
    WorkerEnd heap = end("heap");
    assertThat(heap.reason()).isEqualTo("out-of-memory");
    assertThat(heap.message())
        .contains(
            "ran out of Java heap", "exit code 3", work.resolve("run-1/worker.log").toString());

    assertThat(end("9").reason()).isEqualTo("invalid-run");
    assertThat(end("77").reason()).isNull();
  }
}
