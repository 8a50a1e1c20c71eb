package dev.edit.artifacts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place where folders are kept under names such as {@code run-7/sft}. A name's segments hold
 * letters, digits, {@code . _ -} and begin with none of the dots' traps: nothing is written outside
 * the place.
 */
public interface ArtifactStore {

  /**
   * Copies a folder's files to the store; readers see the whole artifact or none. An older artifact
   * of the name is replaced.
   *
   * @return the address by which {@link Artifacts#fetch} finds it
   * @throws ArtifactException when a file does not match the folder's manifest, or the store
   *     refuses; the artifact is not visible then
   */
  String publish(String name, Path folder) throws IOException;

  /** Names of the complete artifacts below {@code prefix} ("" for all), sorted. */
  List<String> names(String prefix) throws IOException;

  /** Removes an artifact, its manifest first; succeeds where there is none. */
  void remove(String name) throws IOException;

  /** The address that an artifact of the name has or would have. */
  String uri(String name);
}
