package dev.edit.cli.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A service in a process of its own; its output goes to its log file. */
public final class ServiceProcess {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final long PROBE_MILLIS = 150;
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PROBE_TIMEOUT)
          .build();

  private final ServiceSpec spec;
  private final Process process;

  private ServiceProcess(ServiceSpec spec, Process process) {
    this.spec = spec;
    this.process = process;
  }

  /**
   * Starts the service with the Java of this process; returns at once.
   *
   * @throws ServiceFailure if the process cannot be started
   */
  static ServiceProcess start(ServiceSpec spec) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(spec.javaOptions());
    command.add("-jar");
    command.add(spec.jar().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    builder.environment().putAll(spec.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new ServiceProcess(spec, process);
    } catch (IOException e) {
      throw new ServiceFailure("cannot start " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  /** The service's name. */
  public String name() {
    return spec.name();
  }

  /** Its log file. */
  public Path log() {
    return spec.log();
  }

  /** Its process, and through it those that it started. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Waits for {@code /q/health/ready}.
   *
   * @throws ServiceFailure if the process ends or the time is over before
   */
  void awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isReady()) {
      requireAlive();
      if (System.nanoTime() - deadline > 0) {
        throw new ServiceFailure(
            LogTail.explain(
                "%s was not ready within %d s".formatted(spec.name(), patience.toSeconds()),
                spec.log()));
      }
      process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Checks that the process runs.
   *
   * @throws ServiceFailure if it has ended; with its exit code and the end of its log
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new ServiceFailure(
          LogTail.explain(
              "%s ended with exit code %d".formatted(spec.name(), process.exitValue()),
              spec.log()));
    }
  }

  /** What {@code /q/metrics} answers; empty where it does not. */
  public Optional<String> metrics() {
    return get("/q/metrics").filter(answer -> answer.statusCode() == 200).map(HttpResponse::body);
  }

  private boolean isReady() {
    return get("/q/health/ready").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  private Optional<HttpResponse<String>> get(String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + spec.port() + path);
      return Optional.of(
          HTTP.send(
              HttpRequest.newBuilder(uri).timeout(PROBE_TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
