package dev.edit.cli.quickstart;

import dev.edit.cli.process.FreePorts;
import dev.edit.cli.process.ServiceSpec;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Which services a quickstart starts, and with which settings. */
final class ServicePlan {
  /** The generator's name; its metrics hold the teacher's bill. */
  static final String GENERATOR = "generator";

  /** Steps between two points of a loss curve. */
  private static final String REPORT_EVERY = "10";

  private static final String SIMULATED_MODEL = "simulated-teacher";

  private final Installation installation;
  private final Workspace workspace;
  private final QuickstartOptions options;
  private final String bootstrapServers;
  private final List<Integer> ports = FreePorts.take(5);
  private final String consoleToken = randomToken();

  ServicePlan(
      Installation installation,
      Workspace workspace,
      QuickstartOptions options,
      String bootstrapServers) {
    this.installation = installation;
    this.workspace = workspace;
    this.options = options;
    this.bootstrapServers = bootstrapServers;
  }

  /** The services in the order of their start. */
  List<ServiceSpec> specs(Path student) {
    List<ServiceSpec> specs = new ArrayList<>();
    if (options.teacher().isEmpty()) {
      specs.add(
          spec(
              "simulated-teacher",
              "simulated-teacher",
              0,
              192,
              Map.of("EDIT_SIMULATED_TEACHER_SEED", String.valueOf(options.seed()))));
    }
    specs.add(spec(GENERATOR, "generator-service", 1, 256, generator()));
    specs.add(
        spec(
            "aligner",
            "aligner-service",
            2,
            256,
            Map.of(
                "EDIT_ALIGNER_STUDENT", student.toString(),
                "EDIT_ALIGNER_MAX_LENGTH", String.valueOf(options.hyperparameters().maxLength()))));
    specs.add(
        spec(
            "trainer",
            "trainer-service",
            3,
            192,
            Map.of(
                "EDIT_TRAINER_CHECKPOINTS", workspace.checkpoints().toString(),
                "EDIT_TRAINER_WORKER_REPORT_EVERY", REPORT_EVERY,
                "EDIT_TRAINER_MAX_CONCURRENT_RUNS", String.valueOf(concurrentRuns()))));
    specs.add(spec("evaluator", "evaluator-service", 4, 384, evaluator()));
    return specs;
  }

  private Map<String, String> evaluator() {
    return Map.of(
        "EDIT_EVALUATOR_SAMPLES",
        workspace.samples().toString(),
        "EDIT_EVALUATOR_CONSOLE_TOKEN",
        consoleToken);
  }

  /** Where the console is while the services run. */
  String consoleAddress() {
    return "http://127.0.0.1:" + ports.get(4) + "/";
  }

  /** Who shows it may replay dead letters in the console; made for this quickstart alone. */
  String consoleToken() {
    return consoleToken;
  }

  private static String randomToken() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A run takes one thread, so as many run at once as there are cores, up to three. */
  private int concurrentRuns() {
    int runs = options.recipes().size() * options.trainingSeeds();
    return Math.max(1, Math.min(Math.min(3, runs), Runtime.getRuntime().availableProcessors()));
  }

  private Map<String, String> generator() {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "EDIT_GENERATOR_TEACHER_URL",
        options
            .teacher()
            .map(teacher -> teacher.url().toString())
            .orElse("http://127.0.0.1:" + ports.get(0) + "/v1"));
    environment.put(
        "EDIT_GENERATOR_TEACHER_MODEL",
        options.teacher().map(QuickstartOptions.RealTeacher::model).orElse(SIMULATED_MODEL));
    environment.put("EDIT_GENERATOR_CACHE", workspace.teacherCache().toString());
    environment.put("EDIT_GENERATOR_PATIENCE", examplePatience().toString());
    return environment;
  }

  private Duration examplePatience() {
    return options.teacher().isPresent()
        ? QuickstartSettings.EXAMPLE_PATIENCE
        : QuickstartSettings.SIMULATED_EXAMPLE_PATIENCE;
  }

  private ServiceSpec spec(
      String name, String module, int port, int heap, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.get(port)));
    return new ServiceSpec(
        name,
        installation.jarOf(module),
        ports.get(port),
        QuickstartSettings.serviceJvm(heap),
        environment,
        workspace.logs().resolve(name + ".log"));
  }
}
