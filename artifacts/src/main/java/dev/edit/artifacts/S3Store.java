package dev.edit.artifacts;

import dev.edit.contracts.codec.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Artifacts as objects below {@code s3://bucket/prefix}. Objects appear one by one, so the manifest
 * is removed first and written last: whoever reads by it sees a whole artifact or none.
 */
final class S3Store implements ArtifactStore {
  private final S3Objects objects;
  private final S3Address root;
  private final Path cache;

  /**
   * @param cache for local copies, and for what is on its way
   */
  S3Store(S3Objects objects, S3Address root, Path cache) {
    this.objects = objects;
    this.root = root;
    this.cache = cache;
  }

  @Override
  public String publish(String name, Path folder) throws IOException {
    S3Address artifact = address(name);
    FolderManifest manifest = FolderManifest.of(folder);
    manifest.verify(folder);
    objects.delete(artifact.child(FolderManifest.NAME));
    for (String file : manifest.files().keySet()) {
      objects.put(artifact.child(file), folder.resolve(file));
    }
    removeOthers(artifact, manifest.files().keySet());
    objects.put(artifact.child(FolderManifest.NAME), manifest.bytes());
    return artifact.toString();
  }

  @Override
  public String write(String name, WholeFolder.Content content) throws IOException {
    ArtifactName.check("artifact", name);
    Path draft = WholeFolder.draft(cache.resolve("upload"));
    try {
      FolderManifest.complete(draft, content);
      return publish(name, draft);
    } finally {
      WholeFolder.delete(draft);
    }
  }

  @Override
  public Path fetch(String name) throws IOException {
    return fetch(objects, address(name), Trust.VERIFIED, cache);
  }

  private void removeOthers(S3Address artifact, Set<String> kept) throws IOException {
    for (S3Object object : objects.list(artifact)) {
      if (!kept.contains(object.key().substring(artifact.keyPrefix().length()))) {
        objects.delete(new S3Address(artifact.bucket(), object.key()));
      }
    }
  }

  @Override
  public List<String> names(String prefix) throws IOException {
    S3Address start = prefix.isEmpty() ? root : address(prefix);
    List<String> names = new ArrayList<>();
    for (S3Object object : objects.list(start)) {
      String suffix = "/" + FolderManifest.NAME;
      if (object.key().endsWith(suffix)) {
        String artifact = object.key().substring(0, object.key().length() - suffix.length());
        names.add(artifact.substring(Math.min(root.keyPrefix().length(), artifact.length())));
      }
    }
    return names.stream().filter(name -> !name.isEmpty()).sorted().toList();
  }

  @Override
  public void remove(String name) throws IOException {
    S3Address artifact = address(name);
    objects.delete(artifact.child(FolderManifest.NAME));
    removeOthers(artifact, Set.of());
  }

  @Override
  public void put(String name, byte[] bytes) throws IOException {
    objects.put(address(name), bytes);
  }

  @Override
  public byte[] get(String name) throws IOException {
    return objects.get(address(name));
  }

  @Override
  public String uri(String name) {
    return address(name).toString();
  }

  private S3Address address(String name) {
    return root.child(ArtifactName.check("artifact", name));
  }

  /**
   * A local copy of an artifact. It is kept in {@code cache} under the digest of its manifest; a
   * copy that is there already is verified, not brought again.
   */
  static Path fetch(S3Objects objects, S3Address artifact, Trust trust, Path cache)
      throws IOException {
    byte[] bytes = objects.get(artifact.child(FolderManifest.NAME));
    if (bytes == null && trust == Trust.VERIFIED) {
      throw new ArtifactException(
          artifact.child(FolderManifest.NAME) + ": missing, so the artifact is not complete");
    }
    Map<String, String> files =
        bytes == null
            ? listed(objects, artifact)
            : FolderManifest.parse(bytes, artifact.child(FolderManifest.NAME).toString()).files();
    String key = Sha256.of((artifact + "\n" + files).getBytes(StandardCharsets.UTF_8));
    Path folder = cache.resolve(key);
    if (Files.isDirectory(folder)) {
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
      return LocalStore.fetch(folder, trust);
    }
    Path draft = WholeFolder.draft(folder);
    try {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        Path file = draft.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        objects.get(artifact.child(entry.getKey()), file);
        if (bytes != null) {
          FolderManifest.requireDigest(
              artifact.child(entry.getKey()).toString(), entry.getValue(), Sha256.of(file));
        }
      }
      if (bytes != null) {
        Files.write(draft.resolve(FolderManifest.NAME), bytes);
      }
      return moved(draft, folder, trust);
    } finally {
      WholeFolder.delete(draft);
    }
  }

  /** Another reader may have brought the same artifact meanwhile. */
  private static Path moved(Path draft, Path folder, Trust trust) throws IOException {
    try {
      return Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (java.nio.file.FileSystemException e) {
      if (Files.isDirectory(folder)) {
        return LocalStore.fetch(folder, trust);
      }
      throw e;
    }
  }

  /** Files without a manifest, with what the store says of their content. */
  private static Map<String, String> listed(S3Objects objects, S3Address artifact)
      throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (S3Object object : objects.list(artifact)) {
      String name = object.key().substring(artifact.keyPrefix().length());
      if (name.isEmpty() || name.endsWith("/")) {
        continue; // Some tools make objects for folders.
      }
      files.put(ArtifactName.check("file of " + artifact, name), object.eTag() + object.size());
    }
    if (files.isEmpty()) {
      throw new ArtifactException(artifact + ": expected a folder of files, found none");
    }
    return files;
  }
}
