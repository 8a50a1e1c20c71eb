package dev.edit.cli.machine;

import dev.edit.cli.process.FreePorts;
import dev.edit.cli.process.ServiceSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What it takes to start each service on this machine: its jar, a port, a small heap, the broker's
 * address and its folders in the workspace. Settings beyond that are the caller's.
 */
public final class LocalServices {
  /** The generator's name; its metrics hold the teacher's bill. */
  public static final String GENERATOR = "generator";

  /** The aligner's name. */
  public static final String ALIGNER = "aligner";

  /** What the simulated teacher is asked for. */
  public static final String SIMULATED_MODEL = "simulated-teacher";

  private static final String SIMULATED_TEACHER = "simulated-teacher";
  private static final String TRAINER = "trainer";
  private static final String EVALUATOR = "evaluator";

  private static final List<String> NAMES =
      List.of(SIMULATED_TEACHER, GENERATOR, ALIGNER, TRAINER, EVALUATOR);

  private final Installation installation;
  private final Workspace workspace;
  private final String bootstrapServers;
  private final List<Integer> ports = FreePorts.take(NAMES.size());

  public LocalServices(Installation installation, Workspace workspace, String bootstrapServers) {
    this.installation = installation;
    this.workspace = workspace;
    this.bootstrapServers = bootstrapServers;
  }

  /** The simulated teacher; every answer follows from the seed. */
  public ServiceSpec simulatedTeacher(long seed, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("EDIT_SIMULATED_TEACHER_SEED", String.valueOf(seed));
    return spec(SIMULATED_TEACHER, "simulated-teacher", 192, all);
  }

  /** Where the simulated teacher answers. */
  public URI simulatedTeacherUrl() {
    return URI.create("http://127.0.0.1:" + port(SIMULATED_TEACHER) + "/v1");
  }

  /**
   * The generator.
   *
   * @param teacher base URL of the API
   * @param model the teacher's name there
   * @param examplePatience how long right chains of thought wait for rectified ones
   */
  public ServiceSpec generator(
      URI teacher, String model, Duration examplePatience, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("EDIT_GENERATOR_TEACHER_URL", teacher.toString());
    all.put("EDIT_GENERATOR_TEACHER_MODEL", model);
    all.put("EDIT_GENERATOR_CACHE", workspace.teacherCache().toString());
    all.put("EDIT_GENERATOR_PATIENCE", examplePatience.toString());
    return spec(GENERATOR, "generator-service", 256, all);
  }

  /**
   * The aligner.
   *
   * @param student a folder with the tokenizer on which it aligns
   * @param maxLength of prompt and response, in tokens
   */
  public ServiceSpec aligner(Path student, int maxLength) {
    return spec(
        ALIGNER,
        "aligner-service",
        256,
        Map.of(
            "EDIT_ALIGNER_STUDENT", student.toString(),
            "EDIT_ALIGNER_MAX_LENGTH", String.valueOf(maxLength)));
  }

  /** The trainer's dispatcher; it starts workers by itself. */
  public ServiceSpec trainer(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("EDIT_TRAINER_CHECKPOINTS", workspace.checkpoints().toString());
    return spec(TRAINER, "trainer-service", 192, all);
  }

  /** The evaluator with its console. */
  public ServiceSpec evaluator(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("EDIT_EVALUATOR_SAMPLES", workspace.samples().toString());
    return spec(EVALUATOR, "evaluator-service", 384, all);
  }

  /** Where the console is while the evaluator runs. */
  public String consoleAddress() {
    return "http://127.0.0.1:" + port(EVALUATOR) + "/";
  }

  private int port(String name) {
    return ports.get(NAMES.indexOf(name));
  }

  private ServiceSpec spec(
      String name, String module, int heapMegabytes, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port(name)));
    return new ServiceSpec(
        name,
        installation.jarOf(module),
        port(name),
        jvm(heapMegabytes),
        environment,
        workspace.logs().resolve(name + ".log"));
  }

  /** JVM options of a service that waits more than it computes. Measured: 170 MB resident. */
  private static List<String> jvm(int heapMegabytes) {
    return List.of(
        "-Xmx" + heapMegabytes + "m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
  }
}
