package dev.edit.systemtests.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes every second what it is told to. */
final class Prometheus implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path targets;
  private final String address;

  private Prometheus(Process process, Path targets, String address) {
    this.process = process;
    this.targets = targets;
    this.address = address;
  }

  /**
   * Starts one.
   *
   * @param rules the file of alerts that it evaluates
   */
  static Prometheus start(Path program, Path folder, Path rules) throws IOException {
    Files.createDirectories(folder);
    Path targets = folder.resolve("targets.json");
    Files.writeString(targets, "[]");
    Path config = folder.resolve("prometheus.yaml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: edit
            metrics_path: /q/metrics
            file_sd_configs: [{files: ["%s"], refresh_interval: 1s}]
        """
            .formatted(rules, targets));
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new Prometheus(process, targets, address);
  }

  /** Whether it answers. */
  boolean isReady() {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(URI.create("http://" + address + "/-/ready")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Scrapes services from now on: their addresses by name. */
  void scrape(Map<String, String> services) throws IOException {
    List<Map<String, Object>> entries =
        services.entrySet().stream()
            .map(
                service ->
                    Map.of(
                        "targets", List.of(service.getValue()),
                        "labels", Map.of("service", service.getKey())))
            .toList();
    Path fresh = targets.resolveSibling("targets.new");
    Files.writeString(fresh, JSON.writeValueAsString(entries));
    Files.move(
        fresh,
        targets,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** The samples of an expression as of a time, in seconds. */
  JsonNode query(String expression, double time) {
    return get("/api/v1/query?time=%s&query=%s"
            .formatted(time, URLEncoder.encode(expression, StandardCharsets.UTF_8)))
        .at("/data/result");
  }

  /** The names of all series that it has. */
  List<String> names() {
    return Manifest.elements(get("/api/v1/label/__name__/values").path("data"))
        .map(JsonNode::asText)
        .collect(Collectors.toList());
  }

  private JsonNode get(String path) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(path + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
