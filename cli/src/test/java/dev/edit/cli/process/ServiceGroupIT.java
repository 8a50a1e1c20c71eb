package dev.edit.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceGroupIT {
  @TempDir Path folder;

  @Test
  void shouldShowTheLogWhenAServiceEndsAtTheStart() throws Exception {
    try (ServiceGroup group = new ServiceGroup(Duration.ofSeconds(5), Map.of())) {
      group.start(service("broken", "exit"));

      assertThatThrownBy(() -> group.awaitReady(Duration.ofSeconds(60)))
          .isInstanceOf(ServiceFailure.class)
          .hasMessageContaining("broken ended with exit code 3")
          .hasMessageContaining("cannot go on");
    }
  }

  @Test
  void shouldSayThatTimeIsOverWhenAServiceIsNeverReady() throws Exception {
    try (ServiceGroup group = new ServiceGroup(Duration.ofSeconds(5), Map.of())) {
      ServiceProcess service = group.start(service("slow", "stay"));

      assertThatThrownBy(() -> group.awaitReady(Duration.ofMillis(300)))
          .hasMessageContaining("slow was not ready within");
      group.close();
      assertThat(service.handle().isAlive()).isFalse();
    }
  }

  @Test
  void shouldEndWhenTheWatchedProcessIsKilled() throws Exception {
    Process parent = new ProcessBuilder("sleep", "60").start();
    String agent = agentFor(parent.pid());
    try (ServiceGroup group =
        new ServiceGroup(Duration.ofSeconds(5), Map.of("JDK_JAVA_OPTIONS", agent))) {
      ServiceProcess service = group.start(service("orphan", "stay"));
      parent.destroyForcibly().waitFor();

      service.handle().onExit().get(50, TimeUnit.SECONDS);
      assertThat(service.handle().isAlive()).isFalse();
    }
  }

  private String agentFor(long pid) throws IOException {
    return ParentWatchJar.write(folder)
        .javaOptions()
        .replace("=" + ProcessHandle.current().pid() + "\"", "=" + pid + "\"");
  }

  private ServiceSpec service(String name, String behaviour) throws IOException {
    int port = FreePorts.take(1).get(0);
    return new ServiceSpec(
        name,
        jar(),
        port,
        List.of("-Xmx16m", "-Dbehaviour=" + behaviour),
        Map.of(),
        folder.resolve(name + ".log"));
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("service with blanks.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, BadService.class.getName());
    String entry = BadService.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(entry));
      BadService.class.getClassLoader().getResourceAsStream(entry).transferTo(out);
      out.closeEntry();
    }
    return jar;
  }

  /** Ends with an error, or stays without ever listening. */
  public static final class BadService {
    private BadService() {}

    /** Behaves as the system property says. */
    public static void main(String[] arguments) throws InterruptedException {
      if ("exit".equals(System.getProperty("behaviour"))) {
        System.err.println("cannot go on");
        System.exit(3);
      }
      Thread.currentThread().join(60_000);
    }
  }
}
