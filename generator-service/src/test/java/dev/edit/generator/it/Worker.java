package dev.edit.generator.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged generator, or another service, as a process of its own. */
final class Worker implements AutoCloseable {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  /** Short runs spend more on the second compiler than it saves them. */
  private static final int COMPILER = Boolean.getBoolean("edit.full") ? 4 : 1;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final int port;
  private final long started = System.nanoTime();

  private Worker(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  static Worker start(Path folder, Map<String, String> environment) {
    return start(JAR, folder, environment);
  }

  static Worker start(Path jar, Path folder, Map<String, String> environment) {
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      Path log = Files.createTempFile(folder, "generator", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx192m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=" + COMPILER,
              "-jar",
              jar.toString());
      builder.environment().keySet().removeIf(key -> key.startsWith("EDIT_"));
      builder.environment().remove("KAFKA_BOOTSTRAP_SERVERS");
      builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new Worker(process, log, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output());
    }
    return process.exitValue();
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is ready, as a probe sees it. */
  boolean ready() {
    return get("/q/health/ready").startsWith("200");
  }

  double secondsSinceStart() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Status and body, or why there is none. */
  String get(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url(path))).build();
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return response.statusCode() + "\n" + response.body();
    } catch (IOException e) {
      return "no reply: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** A metric with its labels, or its sum over them; 0 while it is not there. */
  double metric(String name) {
    return get("/q/metrics")
        .lines()
        .filter(
            line ->
                line.startsWith(name + (name.endsWith("}") ? " " : "{"))
                    || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** How many problems it has ended, as its metrics say. */
  double ended() {
    return metric("edit_generator_duals_total") + metric("edit_generator_dead_letters_total");
  }

  /** Resident memory in MiB. */
  long residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kib -> Long.parseLong(kib) / 1024)
        .findFirst()
        .orElse(-1);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
