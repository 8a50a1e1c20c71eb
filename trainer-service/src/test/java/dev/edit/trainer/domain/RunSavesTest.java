package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSavesTest {
  @TempDir Path root;
  private final FakeStudent student = new FakeStudent();
  private RunSaves saves;
  private TrainableStudent.Stage stage;

  @BeforeEach
  void open() {
    saves = new RunSaves(Samples.store(root), "saves", root.resolve("saves"), null, 2);
    stage = student.open(new Objective.Sft(), Samples.ADAMW, Samples.items(4), 7);
  }

  private static RunState state(int stageIndex, int step) {
    return new RunState("identity", stageIndex, "sft", step, step, 10L * step, 1, null);
  }

  private void save(int stageIndex, int step) throws IOException {
    saves.write(state(stageIndex, step), stage, null);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("saves/epoch-1"))) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldFindNothingWhenNothingWasSaved() throws IOException {
    RunSaves.Found found = saves.newest("identity");

    assertThat(found.state()).isNull();
    assertThat(found.passedOver()).isEmpty();
  }

  @Test
  void shouldFindTheNewestAndKeepAsManyAsAsked() throws IOException {
    save(0, 5);
    save(0, 10);
    save(1, 2);

    assertThat(saves.newest("identity").state()).isEqualTo(state(1, 2));
    assertThat(names()).containsExactly("0-sft-00000010", "1-sft-00000002");
  }

  @Test
  void shouldNameTheFileAndTakeTheOlderSaveWhenAByteIsFlipped() throws IOException {
    save(0, 5);
    save(0, 10);
    for (String name : List.of("weights", "moments", "state.json", "manifest.json")) {
      Path file = root.resolve("saves/epoch-1/0-sft-00000010").resolve(name);
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      if (bad.length == 0) {
        bad = new byte[] {1};
      } else {
        bad[bad.length / 2] ^= 1;
      }
      Files.write(file, bad);

      RunSaves.Found found = saves.newest("identity");

      assertThat(found.state()).as(name).isEqualTo(state(0, 5));
      assertThat(found.passedOver()).as(name).hasSize(1);
      assertThat(found.passedOver().get(0)).contains("0-sft-00000010");
      if (!name.equals("manifest.json")) {
        assertThat(found.passedOver().get(0)).contains(file.toString());
      }
      Files.write(file, good);
    }
  }

  @Test
  void shouldNameTheFileWhenItIsMissing() throws IOException {
    save(0, 5);
    Files.delete(root.resolve("saves/epoch-1/0-sft-00000005/moments"));

    RunSaves.Found found = saves.newest("identity");

    assertThat(found.state()).isNull();
    assertThat(found.passedOver().get(0)).contains("moments", "missing, but the manifest lists it");
  }

  @Test
  void shouldPassOverAndClearWhatAKilledWriterLeft() throws IOException {
    save(0, 5);
    Path draft = Files.createDirectories(root.resolve("saves/epoch-1/.0-sft-00000010.draft-x"));
    Files.writeString(draft.resolve("weights"), "half");

    assertThat(saves.newest("identity").state()).isEqualTo(state(0, 5));
    save(0, 15);

    assertThat(names()).containsExactly("0-sft-00000005", "0-sft-00000015");
  }

  @Test
  void shouldReadEarlierAttemptsAndNotLaterOnes() throws IOException {
    save(0, 5);
    RunSaves second =
        new RunSaves(
            Samples.store(root),
            "saves",
            root.resolve("saves"),
            EpochFence.claim(Samples.store(root), "run", 2),
            2);
    second.write(state(0, 8), stage, null);

    assertThat(second.newest("identity").state().step()).isEqualTo(8);
    assertThat(saves.newest("identity").state().step()).isEqualTo(5);
  }
}
