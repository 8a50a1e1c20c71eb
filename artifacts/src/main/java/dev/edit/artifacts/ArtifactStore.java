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
   * @throws ArtifactException when a file does not match the folder's manifest; the artifact is not
   *     visible then
   * @throws StoreException when the store refuses; the artifact is not visible then
   */
  String publish(String name, Path folder) throws IOException;

  /**
   * Makes an artifact of what {@code content} writes, without a copy where the store is a folder.
   * Of the names that share all but their last segment one is written at a time; what a killed
   * writer left there is cleared.
   *
   * @return the address by which {@link Artifacts#fetch} finds it
   * @throws IOException when the content or the store fails; an older artifact of a folder is
   *     intact then
   */
  String write(String name, WholeFolder.Content content) throws IOException;

  /**
   * A local folder with the content of an artifact, all of its files verified; not to be written
   * to.
   *
   * @throws ArtifactException when it is missing, incomplete or damaged; names the file
   * @throws StoreException when the store refuses
   */
  Path fetch(String name) throws IOException;

  /** Names of the complete artifacts below {@code prefix} ("" for all), sorted. */
  List<String> names(String prefix) throws IOException;

  /**
   * Removes an artifact and all that is below its name, complete or not, its manifest first;
   * succeeds where there is none.
   */
  void remove(String name) throws IOException;

  /** Writes a small file that is no artifact; readers see all of it, or the one before. */
  void put(String name, byte[] bytes) throws IOException;

  /** A file that {@link #put} wrote; null where there is none. */
  byte[] get(String name) throws IOException;

  /** The address that an artifact of the name has or would have. */
  String uri(String name);
}
