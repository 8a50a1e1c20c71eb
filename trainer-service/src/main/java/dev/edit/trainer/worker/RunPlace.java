package dev.edit.trainer.worker;

import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.S3Settings;
import dev.edit.contracts.Require;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where runs are kept, and where a worker may write meanwhile.
 *
 * @param root {@code --checkpoints}: a folder, {@code file:/folder} or {@code s3://bucket/prefix}
 * @param work {@code --work}: a folder of this machine; the root itself where that is a folder
 * @param s3 {@code --s3-endpoint}, {@code --s3-region}, {@code --s3-path-style}: how S3 is reached
 */
public record RunPlace(String root, Path work, S3Settings s3) {
  static final Set<String> NAMES =
      Set.of("--checkpoints", "--work", "--s3-endpoint", "--s3-region", "--s3-path-style");

  private static final String CACHE = "cache";

  public RunPlace {
    Require.text("--checkpoints", root);
    if (!Artifacts.isRemote(root)) {
      root = Artifacts.path(root).toAbsolutePath().normalize().toString();
      work = Path.of(root);
    }
    Require.present("--work", work);
    work = work.toAbsolutePath().normalize();
    Require.present("--s3-endpoint", s3);
  }

  /** A folder. */
  public static RunPlace of(Path root) {
    return new RunPlace(root.toString(), root, S3Settings.DEFAULT);
  }

  static RunPlace parse(NamedValues values) {
    String endpoint = values.text("--s3-endpoint");
    boolean pathStyle = Boolean.parseBoolean(values.text("--s3-path-style", "false"));
    return new RunPlace(
        values.text("--checkpoints"),
        values.path("--work"),
        new S3Settings(
            endpoint == null ? null : URI.create(endpoint), values.text("--s3-region"), pathStyle));
  }

  /** The same as {@link #parse} reads. */
  List<String> format() {
    List<String> arguments = new ArrayList<>(List.of("--checkpoints", root));
    if (!Artifacts.isRemote(root)) {
      return arguments;
    }
    arguments.addAll(List.of("--work", work.toString()));
    if (s3.endpoint() != null) {
      arguments.addAll(List.of("--s3-endpoint", s3.endpoint().toString()));
    }
    if (s3.region() != null) {
      arguments.addAll(List.of("--s3-region", s3.region()));
    }
    arguments.addAll(List.of("--s3-path-style", Boolean.toString(s3.pathStyle())));
    return arguments;
  }

  /** Access to artifacts; their copies are in a folder that is this run's own. */
  Artifacts artifacts(String run) {
    return new Artifacts(s3, work.resolve(Require.name("run", run)).resolve(CACHE));
  }
}
