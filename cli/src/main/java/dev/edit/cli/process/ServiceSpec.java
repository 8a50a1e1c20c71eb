package dev.edit.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What it takes to start a service.
 *
 * @param name its name in messages, and of its log file
 * @param jar the runnable jar
 * @param port the HTTP port on 127.0.0.1 that health is asked on
 * @param javaOptions options of its JVM
 * @param environment variables besides those inherited
 * @param log the file that takes its output
 */
public record ServiceSpec(
    String name,
    Path jar,
    int port,
    List<String> javaOptions,
    Map<String, String> environment,
    Path log) {
  public ServiceSpec {
    javaOptions = List.copyOf(javaOptions);
    environment = Map.copyOf(environment);
  }
}
