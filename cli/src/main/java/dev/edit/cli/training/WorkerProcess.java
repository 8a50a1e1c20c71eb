package dev.edit.cli.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.codec.RecordCodec;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The trainer's worker as a process that reads files; it ends with the process that started it. */
public final class WorkerProcess {
  private static final String MAIN = "dev.edit.trainer.worker.WorkerMain";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path trainerJar;
  private final Path log;

  /** Takes what the worker tells. */
  public interface Listener {
    void event(RunEvent event);

    void checkpoint(Checkpoint checkpoint);
  }

  /**
   * @param trainerJar the trainer's runner jar; the worker's jars lie beside it
   * @param log takes what the worker says for people
   */
  public WorkerProcess(Path trainerJar, Path log) {
    this.trainerJar = trainerJar;
    this.log = log;
  }

  /**
   * Runs the worker to its end.
   *
   * @param arguments of the worker
   * @param threads of libtorch; one makes a run repeatable bit for bit
   * @return its exit code
   */
  public int run(List<String> arguments, int threads, Listener listener)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(arguments, threads));
    builder.environment().put("OPT_OUT_TRACKING", "true");
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("MKL_NUM_THREADS", Integer.toString(threads));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hand(line, listener);
      }
    }
    return process.waitFor();
  }

  private List<String> command(List<String> arguments, int threads) {
    String classPath =
        Stream.of("app", "lib/main", "lib/boot")
            .map(folder -> trainerJar.resolveSibling(folder) + File.separator + "*")
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dai.djl.offline=true");
    command.add("-Dedit.student.threads=" + threads);
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.addAll(List.of("-cp", classPath, MAIN));
    command.addAll(arguments);
    command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
    return command;
  }

  private static void hand(String line, Listener listener) throws IOException {
    JsonNode tree = JSON.readTree(line);
    byte[] json = line.getBytes(StandardCharsets.UTF_8);
    if (tree.has("manifest")) {
      decode(Checkpoint.class, json, listener::checkpoint);
    } else {
      decode(RunEvent.class, json, listener::event);
    }
  }

  private static <T extends dev.edit.contracts.EventRecord> void decode(
      Class<T> type, byte[] json, Consumer<T> to) {
    to.accept(RecordCodec.of(type).decode(json));
  }
}
