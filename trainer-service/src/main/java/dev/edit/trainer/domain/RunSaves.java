package dev.edit.trainer.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Run;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The saved states of one run, from which a later worker goes on:
 *
 * <pre>
 * saves/epoch-&lt;attempt&gt;/&lt;stage index&gt;-&lt;stage&gt;-&lt;step&gt;/
 *     state.json            {@link RunState}
 *     ...                   what {@link TrainableStudent.Stage#save} writes
 *     best.safetensors      the best epoch's tensors, where one is chosen
 *     manifest.json         the SHA-256 of every other file
 * </pre>
 *
 * <p>A save appears whole or not at all. Every attempt writes to a folder of its own and reads
 * those of all attempts up to its own.
 */
public final class RunSaves {
  private static final String STATE = "state.json";
  private static final String MANIFEST = "manifest.json";
  private static final String BEST = "best.safetensors";
  private static final Pattern EPOCH = Pattern.compile("epoch-(\\d{1,9})");
  private static final Pattern SAVE = Pattern.compile("(\\d{1,3})-.+-(\\d{8,9})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final EpochFence fence;
  private final int epoch;
  private final int kept;

  /**
   * @param root the run's folder for saves
   * @param fence knows the attempt that writes, and is asked before a save appears; null where
   *     nobody else writes
   * @param kept how many of the newest saves stay
   */
  RunSaves(Path root, EpochFence fence, int kept) {
    this.root = root;
    this.fence = fence;
    this.epoch = fence == null ? Run.Order.FIRST_EPOCH : fence.epoch();
    this.kept = kept;
  }

  /**
   * A state that was found, and what was passed over on the way to it.
   *
   * @param state null where no save is good
   * @param folder its folder
   * @param passedOver why newer ones were not taken, each naming its file
   */
  public record Found(RunState state, Path folder, List<String> passedOver) {
    public Found {
      passedOver = List.copyOf(passedOver);
    }
  }

  /** A save's folder and its place in the run. */
  private record Save(Path folder, int epoch, int stage, int step) {
    static final Comparator<Save> NEWEST_FIRST =
        Comparator.comparingInt(Save::stage)
            .thenComparingInt(Save::step)
            .thenComparingInt(Save::epoch)
            .reversed();
  }

  /**
   * Saves a state and removes the oldest ones.
   *
   * @param best the file of the best epoch's tensors; null where none is chosen
   * @throws IOException where the disk refuses; older saves are intact then
   */
  public void write(RunState state, TrainableStudent.Stage stage, Path best) throws IOException {
    Path mine = root.resolve("epoch-" + epoch);
    WholeFolder.clearDrafts(mine);
    String name = "%d-%s-%08d".formatted(state.stageIndex(), state.stage(), state.step());
    WholeFolder.write(
        mine.resolve(name),
        draft -> {
          stage.save(draft);
          if (best != null) {
            linkOrCopy(best, draft.resolve(BEST));
          }
          Files.write(draft.resolve(STATE), JSON.writeValueAsBytes(state));
          byte[] manifest = JSON.writeValueAsBytes(WholeFolder.digests(draft));
          Files.write(draft.resolve(MANIFEST), manifest);
          if (fence != null) {
            fence.check();
          }
        });
    for (Save old : all().stream().skip(kept).toList()) {
      WholeFolder.delete(old.folder());
    }
  }

  /** The newest save that is whole and of this identity. */
  public Found newest(String identity) throws IOException {
    List<String> passedOver = new ArrayList<>();
    for (Save save : all()) {
      try {
        verify(save.folder());
        RunState state = read(save.folder().resolve(STATE), new TypeReference<>() {});
        if (state.identity().equals(identity)) {
          return new Found(state, save.folder(), passedOver);
        }
        passedOver.add(save.folder() + " is of other settings or data");
      } catch (DamagedSaveException e) {
        passedOver.add(e.getMessage());
      }
    }
    return new Found(null, null, passedOver);
  }

  /** The best epoch's tensors in a save; empty where none was chosen. */
  static Optional<Path> best(Path folder) {
    return Optional.of(folder.resolve(BEST)).filter(Files::isRegularFile);
  }

  /** A file beside the saves for the best epoch of the stage that is running. */
  Path bestOfStage() throws IOException {
    return Files.createDirectories(root.resolve("epoch-" + epoch)).resolve(BEST);
  }

  /** Removes all saves: nothing goes on from a run that has come to its end. */
  public void clear() throws IOException {
    WholeFolder.delete(root);
  }

  static void linkOrCopy(Path from, Path to) throws IOException {
    Files.deleteIfExists(to);
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Not every store of a cluster has links.
      Files.copy(from, to);
    }
  }

  private List<Save> all() throws IOException {
    List<Save> saves = new ArrayList<>();
    for (Path attempt : folders(root)) {
      Matcher of = EPOCH.matcher(attempt.getFileName().toString());
      if (of.matches() && Integer.parseInt(of.group(1)) <= epoch) {
        for (Path folder : folders(attempt)) {
          Matcher at = SAVE.matcher(folder.getFileName().toString());
          if (at.matches()) {
            saves.add(
                new Save(
                    folder,
                    Integer.parseInt(of.group(1)),
                    Integer.parseInt(at.group(1)),
                    Integer.parseInt(at.group(2))));
          }
        }
      }
    }
    saves.sort(Save.NEWEST_FIRST);
    return saves;
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  private static void verify(Path folder) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new DamagedSaveException(manifest + " is missing");
    }
    Map<String, String> expected = read(manifest, new TypeReference<>() {});
    Map<String, String> actual = WholeFolder.digests(folder);
    for (Map.Entry<String, String> file : expected.entrySet()) {
      String digest = actual.get(file.getKey());
      if (!file.getValue().equals(digest)) {
        throw new DamagedSaveException(
            "%s: expected SHA-256 %s, but %s"
                .formatted(
                    folder.resolve(file.getKey()),
                    file.getValue(),
                    digest == null ? "there is no such file" : "it has " + digest));
      }
    }
  }

  private static <T> T read(Path file, TypeReference<T> type) throws IOException {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      throw new DamagedSaveException(file + ": " + e.getOriginalMessage());
    }
  }

  /** A save is not what its manifest says. */
  private static final class DamagedSaveException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedSaveException(String message) {
      super(message);
    }
  }
}
