package dev.edit.evaluator.client;

import dev.edit.artifacts.ArtifactException;
import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.StoreException;
import dev.edit.artifacts.Trust;
import dev.edit.evaluator.domain.StoreAwayException;
import dev.edit.evaluator.domain.UnusableCheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The folders of checkpoints and models by their address; of those in S3, verified copies, of which
 * a bounded number of bytes is kept.
 */
public final class CheckpointCopies implements AutoCloseable {
  private final Artifacts artifacts;
  private final long mostBytes;

  /**
   * @param mostBytes of all copies that are not in use
   */
  public CheckpointCopies(Artifacts artifacts, long mostBytes) {
    this.artifacts = artifacts;
    this.mostBytes = mostBytes;
  }

  /**
   * A checkpoint's folder. In S3 it has to have a manifest, whose digests are compared.
   *
   * @throws UnusableCheckpointException where it is missing or damaged, or its store refuses
   * @throws StoreAwayException where its store does not answer
   */
  Path checkpoint(String uri) {
    return folder("uri", uri, Artifacts.isRemote(uri) ? Trust.VERIFIED : Trust.AS_IS);
  }

  /**
   * The folder of the model that an adapter was trained on; somebody else may have put it there.
   */
  Path base(String uri) {
    return folder("base", uri, Trust.AS_IS);
  }

  /** Makes room; no folder that was given out may be in use. */
  void trim() {
    try {
      artifacts.trim(mostBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("edit.evaluator.copies: no room can be made", e);
    }
  }

  private Path folder(String field, String uri, Trust trust) {
    try {
      return artifacts.fetch(uri, trust);
    } catch (StoreException e) {
      if (e.passing()) {
        throw new StoreAwayException(e.getMessage(), e);
      }
      throw new UnusableCheckpointException(field + ": " + e.getMessage(), e);
    } catch (ArtifactException | IllegalArgumentException e) {
      throw new UnusableCheckpointException(field + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UnusableCheckpointException(field + ": cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {
    artifacts.close();
  }
}
