package dev.edit.evaluator.client;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.codec.Sha256;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.Respondents;
import dev.edit.evaluator.domain.UnusableCheckpointException;
import dev.edit.student.Student;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Checkpoints' folders as respondents; a folder whose weights or tokenizer changed is refused. */
public final class TorchRespondents implements Respondents {
  private static final String WEIGHTS = "model.safetensors";

  private final CheckpointCopies copies;
  private final TorchLimits limits;

  /**
   * @param copies brings the folders
   */
  public TorchRespondents(CheckpointCopies copies, TorchLimits limits) {
    this.copies = copies;
    this.limits = limits;
  }

  /**
   * {@inheritDoc}
   *
   * <p>An adapter is put on its base model and not merged into it.
   */
  @Override
  public Respondent open(Checkpoint checkpoint) {
    copies.trim(); // Checkpoints are opened one at a time, the one before is closed.
    Path folder = copies.checkpoint(checkpoint.uri());
    Path model = checkpoint.adapter() ? copies.base(checkpoint.base()) : folder;
    String weights = checkpoint.adapter() ? AdapterFolder.MODEL : WEIGHTS;
    requireDigest(folder.resolve(weights), checkpoint.sha256());
    Tokenizer tokenizer = null;
    Student student = null;
    try {
      tokenizer = Tokenizer.load(model);
      requireFingerprint(model, tokenizer.fingerprint(), checkpoint.manifest().tokenizer());
      student = Student.load(model);
      if (checkpoint.adapter()) {
        student.attach(AdapterFolder.read(folder, student.config()).adapter());
      }
      return new TorchRespondent(student, tokenizer, limits);
    } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
      close(student, tokenizer);
      throw new UnusableCheckpointException(
          "checkpoint: expected a student in " + folder + ": " + e.getMessage(), e);
    } catch (UnusableCheckpointException e) {
      close(student, tokenizer);
      throw e;
    }
  }

  private static void requireDigest(Path file, String expected) {
    try {
      String actual = Sha256.of(file);
      if (!actual.equals(expected)) {
        throw new UnusableCheckpointException(
            "%s: expected SHA-256 %s, but was %s".formatted(file, expected, actual), null);
      }
    } catch (IOException e) {
      throw new UnusableCheckpointException(file + ": cannot be read: " + e, e);
    }
  }

  private static void requireFingerprint(Path folder, String actual, String expected) {
    if (!actual.equals(expected)) {
      throw new UnusableCheckpointException(
          "%s: expected tokenizer %s, but was %s"
              .formatted(folder.resolve("tokenizer.json"), expected, actual),
          null);
    }
  }

  private static void close(Student student, Tokenizer tokenizer) {
    if (student != null) {
      student.close();
    }
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
