package dev.edit.trainer.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;

/** Serves the DistillationRuns of a namespace while it holds a lease. */
public final class RunOperator implements AutoCloseable {
  private static final long LONGEST_WAIT = Duration.ofSeconds(30).toMillis();

  private final KubernetesClient client;
  private final String namespace;
  private final Operator operator;
  private volatile boolean closing;

  /**
   * Where and how it serves.
   *
   * @param namespace of the resources and of the lease
   * @param lease its name
   * @param poll how often the topics are looked at for news
   */
  public record Settings(String namespace, String lease, Duration poll) {}

  /**
   * @param deposed is called when the lease went to another; reconciling goes on until the process
   *     ends, so it should end
   */
  public RunOperator(KubernetesClient client, RunBoard board, Settings settings, Runnable deposed) {
    this.client = client;
    this.namespace = settings.namespace();
    operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withLeaderElectionConfiguration(election(settings, deposed)));
    operator.register(
        new DistillationRunReconciler(
            board,
            new PhaseEvents(client, Clock.systemUTC()),
            new RunNews(board, settings.namespace(), settings.poll()),
            Clock.systemUTC()),
        overrider ->
            overrider
                .settingNamespace(settings.namespace())
                // Kafka may be away for longer than any number of attempts takes.
                .withRetry(new GenericRetry().withoutMaxAttempts().setMaxInterval(LONGEST_WAIT)));
  }

  /**
   * Starts to serve once the lease is had.
   *
   * @throws IllegalStateException where the cluster does not know DistillationRuns
   */
  public void start() {
    requireDefinition();
    operator.start();
  }

  /** A dispatcher that cannot see runs as resources must not look as if it served them. */
  private void requireDefinition() {
    try {
      client
          .resources(DistillationRun.class)
          .inNamespace(namespace)
          .list(new ListOptionsBuilder().withLimit(1L).build());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      throw new IllegalStateException(
          "edit.trainer.operator.enabled: expected a cluster that knows "
              + HasMetadata.getFullResourceName(DistillationRun.class)
              + ", but this one does not; kubectl apply -k k8s/crds defines it",
          e);
    }
  }

  @Override
  public void close() {
    closing = true;
    operator.stop();
  }

  private LeaderElectionConfiguration election(Settings settings, Runnable deposed) {
    // The framework would end the process at once, also when it gives the lease back on its way
    // out.
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(settings.lease())
        .withLeaseNamespace(settings.namespace())
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> {},
                () -> {
                  if (!closing) {
                    deposed.run();
                  }
                },
                leader -> {}))
        .build();
  }
}
