package dev.edit.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** {@link ParentWatch} as an agent jar, and the JVM option that loads it. */
public final class ParentWatchJar {
  private static final String CLASS_FILE = ParentWatch.class.getName().replace('.', '/') + ".class";

  private final Path jar;

  private ParentWatchJar(Path jar) {
    this.jar = jar;
  }

  /** Writes the jar into a folder. */
  public static ParentWatchJar write(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", ParentWatch.class.getName());
    Path jar = folder.resolve("parent-watch.jar");
    try (InputStream bytes = ParentWatch.class.getClassLoader().getResourceAsStream(CLASS_FILE);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      if (bytes == null) {
        throw new IOException("not on the class path: " + CLASS_FILE);
      }
      out.putNextEntry(new JarEntry(CLASS_FILE));
      bytes.transferTo(out);
      out.closeEntry();
    }
    return new ParentWatchJar(jar);
  }

  /**
   * A value of JDK_JAVA_OPTIONS that ties a JVM, and every JVM that it starts, to this process's
   * life.
   */
  public String javaOptions() {
    return "\"-javaagent:%s=%d\"".formatted(jar, ProcessHandle.current().pid());
  }
}
