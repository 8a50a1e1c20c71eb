package dev.edit.cli.quickstart;

import dev.edit.cli.machine.LocalServices;
import dev.edit.cli.process.ServiceSpec;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Which services a quickstart starts, and with which settings. */
final class ServicePlan {
  /** Steps between two points of a loss curve. */
  private static final String REPORT_EVERY = "10";

  private final LocalServices services;
  private final QuickstartOptions options;
  private final String consoleToken = randomToken();

  ServicePlan(LocalServices services, QuickstartOptions options) {
    this.services = services;
    this.options = options;
  }

  /** The services in the order of their start. */
  List<ServiceSpec> specs(Path student) {
    List<ServiceSpec> specs = new ArrayList<>();
    if (options.teacher().isEmpty()) {
      specs.add(services.simulatedTeacher(options.seed(), Map.of()));
    }
    specs.add(generator());
    specs.add(services.aligner(student, options.hyperparameters().maxLength()));
    specs.add(
        services.trainer(
            Map.of(
                "EDIT_TRAINER_WORKER_REPORT_EVERY",
                REPORT_EVERY,
                "EDIT_TRAINER_MAX_CONCURRENT_RUNS",
                String.valueOf(concurrentRuns()))));
    specs.add(services.evaluator(Map.of("EDIT_EVALUATOR_CONSOLE_TOKEN", consoleToken)));
    return specs;
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

  private ServiceSpec generator() {
    URI teacher =
        options
            .teacher()
            .map(QuickstartOptions.RealTeacher::url)
            .orElseGet(services::simulatedTeacherUrl);
    String model =
        options
            .teacher()
            .map(QuickstartOptions.RealTeacher::model)
            .orElse(LocalServices.SIMULATED_MODEL);
    return services.generator(
        teacher,
        model,
        options.teacher().isPresent()
            ? QuickstartSettings.EXAMPLE_PATIENCE
            : QuickstartSettings.SIMULATED_EXAMPLE_PATIENCE,
        Map.of());
  }
}
