package dev.edit.trainer.config;

import dev.edit.artifacts.S3Settings;
import dev.edit.trainer.client.LocalProcessLauncher;
import dev.edit.trainer.client.WorkerClassPath;
import dev.edit.trainer.client.WorkerCommand;
import dev.edit.trainer.client.kubernetes.DeploymentOwner;
import dev.edit.trainer.client.kubernetes.JobSettings;
import dev.edit.trainer.client.kubernetes.JobTemplate;
import dev.edit.trainer.client.kubernetes.KubernetesLauncher;
import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.domain.SavePolicy;
import dev.edit.trainer.worker.RunPlace;
import dev.edit.trainer.worker.WorkerArguments;
import dev.edit.trainer.worker.WorkerMain;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the launcher that the settings ask for. */
final class Launchers {
  private final TrainerConfig config;
  private final String bootstrapServers;

  Launchers(TrainerConfig config, String bootstrapServers) {
    this.config = config;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * @param client is asked for only where there is a cluster
   */
  RunLauncher launcher(Supplier<KubernetesClient> client) {
    return switch (config.launcher()) {
      case PROCESS ->
          new LocalProcessLauncher(place(config).work(), command(ProcessHandle.current().pid()));
      case KUBERNETES -> kubernetes(client.get());
    };
  }

  static RunPlace place(TrainerConfig config) {
    S3Config s3 = config.s3();
    return new RunPlace(
        config.checkpoints(),
        config.work(),
        new S3Settings(
            s3.endpoint().orElse(null),
            s3.region().orElse(null),
            s3.pathStyle().orElse(s3.endpoint().isPresent())));
  }

  private KubernetesLauncher kubernetes(KubernetesClient client) {
    KubernetesConfig jobs = config.kubernetes();
    String namespace = namespace(jobs, client);
    return new KubernetesLauncher(
        client,
        namespace,
        new JobTemplate(settings(jobs), command(null)),
        new DeploymentOwner(client, namespace, jobs.ownerDeployment()),
        new KubernetesLauncher.Pace(jobs.resync(), jobs.quiet(), Clock.systemUTC()));
  }

  static String namespace(KubernetesConfig jobs, KubernetesClient client) {
    return jobs.namespace().orElseGet(client::getNamespace);
  }

  static JobSettings settings(KubernetesConfig jobs) {
    return new JobSettings(
        jobs.image().orElse(null),
        new JobSettings.Resources(jobs.gpus(), jobs.cpu(), jobs.memory()),
        new JobSettings.Placement(
            nodeSelector(jobs.nodeSelector().orElseGet(List::of)),
            jobs.runtimeClassName(),
            jobs.queueName(),
            jobs.priorityClassName()),
        jobs.claims().orElseGet(List::of).stream().map(JobSettings.Claim::parse).toList(),
        jobs.secrets().orElseGet(List::of),
        jobs.serviceAccount(),
        new JobSettings.Limits(jobs.backoffLimit(), jobs.timeToLive(), jobs.deadline()),
        jobs.template());
  }

  private static Map<String, String> nodeSelector(List<String> labels) {
    Map<String, String> selector = new LinkedHashMap<>();
    for (String label : labels) {
      int at = label.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException(
            "edit.trainer.kubernetes.node-selector: expected key=value, got '%s'".formatted(label));
      }
      selector.put(label.substring(0, at), label.substring(at + 1));
    }
    return selector;
  }

  /** A Job that was given GPUs must not hold one for nothing. */
  static String device(TrainerConfig config) {
    boolean given =
        config.launcher() == TrainerConfig.Launcher.KUBERNETES && config.kubernetes().gpus() > 0;
    String device = config.worker().device();
    return given && device.equals(WorkerArguments.AUTO)
        ? IntStream.range(0, config.kubernetes().gpus())
            .mapToObj(gpu -> "cuda:" + gpu)
            .collect(Collectors.joining(","))
        : device;
  }

  /**
   * @param parent the process that the worker ends with; null where it lives on its own
   */
  private WorkerCommand command(Long parent) {
    return new WorkerCommand(
        WorkerClassPath.of(System.getProperty("java.class.path")),
        WorkerMain.class.getName(),
        config.worker().javaOptions(),
        config.worker().threads(),
        run ->
            new WorkerArguments(
                    run.id(),
                    bootstrapServers,
                    place(config),
                    config.worker().reportEvery(),
                    config.patience(),
                    parent,
                    run.epoch(),
                    new SavePolicy(
                        config.worker().saveEverySteps(),
                        config.worker().saveEvery(),
                        config.worker().savesKept()),
                    device(config))
                .format(),
        WorkerTracing.environment(ConfigProvider.getConfig()));
  }
}
