package dev.edit.trainer.client;

import dev.edit.contracts.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A worker's command line and environment, wherever it runs.
 *
 * @param classPath of the worker
 * @param mainClass of the worker
 * @param javaOptions options of its Java virtual machine
 * @param threads libtorch's threads; one makes a run repeatable bit for bit
 * @param arguments the worker's own arguments for a run
 * @param tracing variables by which it sends its spans; empty for none
 */
public record WorkerCommand(
    String classPath,
    String mainClass,
    List<String> javaOptions,
    int threads,
    Function<Run, List<String>> arguments,
    Map<String, String> tracing) {
  public WorkerCommand {
    tracing = Map.copyOf(tracing);
    javaOptions = List.copyOf(javaOptions);
    if (threads < 1) {
      throw new IllegalArgumentException(
          "edit.trainer.worker.threads: expected at least 1, got " + threads);
    }
  }

  /** What follows the name of the Java program. */
  public List<String> after(Run run) {
    List<String> command = new ArrayList<>(javaOptions);
    // Ends with a code of its own, which tells an exhausted heap from every other end.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dai.djl.offline=true");
    command.add("-Dedit.student.threads=" + threads);
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(arguments.apply(run));
    return command;
  }

  /** Variables that the native libraries and OpenTelemetry read when they load. */
  public Map<String, String> environment() {
    String number = Integer.toString(threads);
    Map<String, String> environment = new HashMap<>(tracing);
    environment.put("OPT_OUT_TRACKING", "true");
    environment.put("OMP_NUM_THREADS", number);
    environment.put("MKL_NUM_THREADS", number);
    return environment;
  }
}
