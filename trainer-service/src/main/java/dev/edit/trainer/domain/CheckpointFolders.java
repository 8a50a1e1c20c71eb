package dev.edit.trainer.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The folders of runs under one root: {@code <root>/<run>/<stage>} holds a checkpoint, {@code
 * <root>/<run>/worker.log} what the worker said.
 *
 * <p>A checkpoint appears whole or not at all: it is written under another name, flushed to disk
 * and renamed. Names are checked, so that nothing is written outside the root.
 */
public final class CheckpointFolders {
  /** The weights, as every Hugging Face tool expects them. */
  public static final String WEIGHTS = "model.safetensors";

  /** What a checkpoint was made from: its record, its run and the digest of every file. */
  public static final String MANIFEST = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final EpochFence fence;

  public CheckpointFolders(Path root) {
    this(root, null);
  }

  /**
   * @param fence is asked before a checkpoint appears; null where nobody else writes
   */
  public CheckpointFolders(Path root, EpochFence fence) {
    this.root = root.toAbsolutePath().normalize();
    this.fence = fence;
  }

  /** The folder of a run. */
  public Path run(String run) {
    return inside(root, Require.name("run", run));
  }

  /** The folder of a stage's checkpoint. */
  public Path checkpoint(String run, String stage) {
    return inside(run(run), Require.name("stage", stage));
  }

  /** The worker's log file; its folder exists afterwards. */
  public Path log(String run) throws IOException {
    return Files.createDirectories(run(run)).resolve("worker.log");
  }

  /**
   * Writes a checkpoint, in place of an older one of the same run and stage.
   *
   * @param student is saved
   * @param record makes the record from the folder and the digest of the weights
   * @throws IOException where the disk refuses; an older checkpoint is intact then
   */
  public Checkpoint write(
      Run run, String stage, TrainableStudent student, BiFunction<Path, String, Checkpoint> record)
      throws IOException {
    Path target = checkpoint(run.id(), stage);
    Path parent = Files.createDirectories(run(run.id()));
    // Not a temporary folder: those can be read by their owner alone.
    Path draft = Files.createDirectory(parent.resolve("." + stage + ".draft-" + UUID.randomUUID()));
    try {
      student.save(draft);
      Checkpoint checkpoint = record.apply(target, Sha256.of(draft.resolve(WEIGHTS)));
      Files.write(draft.resolve(MANIFEST), manifest(run, checkpoint, draft));
      for (Path file : files(draft)) {
        flush(file);
      }
      flush(draft);
      if (fence != null) {
        fence.check();
      }
      Path old = parent.resolve(draft.getFileName() + ".old");
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      flush(parent);
      delete(old);
      return checkpoint;
    } catch (IOException | RuntimeException e) {
      delete(draft);
      throw e;
    }
  }

  private static byte[] manifest(Run run, Checkpoint checkpoint, Path folder) throws IOException {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.set("checkpoint", JSON.readTree(RecordCodec.of(Checkpoint.class).encode(checkpoint)));
    manifest.set("run", JSON.readTree(RecordCodec.of(Run.class).encode(run)));
    ObjectNode files = manifest.putObject("files");
    for (Path file : files(folder)) {
      files.put(file.getFileName().toString(), Sha256.of(file));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void flush(Path path) throws IOException {
    // A folder can only be opened for reading; forcing it makes its names durable.
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Path inside(Path parent, String name) {
    Path path = parent.resolve(name).normalize();
    if (!parent.equals(path.getParent())) {
      throw new IllegalArgumentException(name + " leaves " + parent);
    }
    return path;
  }
}
