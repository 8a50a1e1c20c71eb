package dev.edit.trainer.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.artifacts.ArtifactException;
import dev.edit.artifacts.ArtifactStore;
import dev.edit.artifacts.WholeFolder;
import dev.edit.contracts.Run;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The saved states of one run, from which a later worker goes on:
 *
 * <pre>
 * saves/epoch-&lt;attempt&gt;/&lt;stage index&gt;-&lt;stage&gt;-&lt;step&gt;/
 *     state.json            {@link RunState}
 *     ...                   what {@link TrainableStudent.Stage#save} writes
 *     best.safetensors      the best epoch's tensors, where one is chosen
 *     manifest.json         the SHA-256 of every other file, see {@link ArtifactStore}
 * </pre>
 *
 * <p>A save appears whole or not at all. Every attempt writes to a folder of its own and reads
 * those of all attempts up to its own.
 */
public final class RunSaves {
  private static final String STATE = "state.json";
  private static final String BEST = "best.safetensors";
  private static final Pattern SAVE =
      Pattern.compile("/epoch-(\\d{1,9})/(\\d{1,3})-[^/]+-(\\d{8,9})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArtifactStore store;
  private final String root;
  private final Path work;
  private final EpochFence fence;
  private final int epoch;
  private final int kept;

  /**
   * @param store keeps the saves
   * @param root the name in the store below which they are
   * @param work a folder of this machine for the best epoch of the stage that is running
   * @param fence knows the attempt that writes, and is asked before a save appears; null where
   *     nobody else writes
   * @param kept how many of the newest saves stay
   */
  RunSaves(ArtifactStore store, String root, Path work, EpochFence fence, int kept) {
    this.store = store;
    this.root = root;
    this.work = work;
    this.fence = fence;
    this.epoch = fence == null ? Run.Order.FIRST_EPOCH : fence.epoch();
    this.kept = kept;
  }

  /**
   * A state that was found, and what was passed over on the way to it.
   *
   * @param state null where no save is good
   * @param folder a copy of it on this machine
   * @param passedOver why newer ones were not taken, each naming its file
   */
  public record Found(RunState state, Path folder, List<String> passedOver) {
    public Found {
      passedOver = List.copyOf(passedOver);
    }
  }

  /** A save's name in the store and its place in the run. */
  private record Save(String name, int epoch, int stage, int step) {
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
    String name = "%d-%s-%08d".formatted(state.stageIndex(), state.stage(), state.step());
    store.write(
        attempt() + "/" + name,
        draft -> {
          stage.save(draft);
          if (best != null) {
            linkOrCopy(best, draft.resolve(BEST));
          }
          Files.write(draft.resolve(STATE), JSON.writeValueAsBytes(state));
          if (fence != null) {
            fence.check();
          }
        });
    for (Save old : all().stream().skip(kept).toList()) {
      store.remove(old.name());
    }
  }

  /**
   * The newest save that is whole and of this identity.
   *
   * @throws dev.edit.artifacts.StoreException where the store refuses, which says nothing about the
   *     saves
   */
  public Found newest(String identity) throws IOException {
    List<String> passedOver = new ArrayList<>();
    for (Save save : all()) {
      try {
        Path folder = store.fetch(save.name());
        RunState state = JSON.readValue(folder.resolve(STATE).toFile(), RunState.class);
        if (state.identity().equals(identity)) {
          return new Found(state, folder, passedOver);
        }
        passedOver.add(store.uri(save.name()) + " is of other settings or data");
      } catch (ArtifactException e) {
        passedOver.add(e.getMessage());
      } catch (JsonProcessingException e) {
        passedOver.add(
            "%s/%s: %s".formatted(store.uri(save.name()), STATE, e.getOriginalMessage()));
      }
    }
    return new Found(null, null, passedOver);
  }

  /** The best epoch's tensors in a save; empty where none was chosen. */
  static Optional<Path> best(Path folder) {
    return Optional.of(folder.resolve(BEST)).filter(Files::isRegularFile);
  }

  /** A file of this machine for the best epoch of the stage that is running. */
  Path bestOfStage() throws IOException {
    return Files.createDirectories(work.resolve("epoch-" + epoch)).resolve(BEST);
  }

  /** Removes all saves: nothing goes on from a run that has come to its end. */
  public void clear() throws IOException {
    store.remove(root);
    WholeFolder.delete(work);
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

  private String attempt() {
    return root + "/epoch-" + epoch;
  }

  private List<Save> all() throws IOException {
    List<Save> saves = new ArrayList<>();
    for (String name : store.names(root)) {
      Matcher save = SAVE.matcher(name.substring(root.length()));
      if (save.matches() && Integer.parseInt(save.group(1)) <= epoch) {
        saves.add(
            new Save(
                name,
                Integer.parseInt(save.group(1)),
                Integer.parseInt(save.group(2)),
                Integer.parseInt(save.group(3))));
      }
    }
    saves.sort(Save.NEWEST_FIRST);
    return saves;
  }
}
