package dev.edit.trainer.config;

import dev.edit.recordloop.KafkaClients;
import dev.edit.trainer.messaging.KafkaRunBoard;
import dev.edit.trainer.operator.RunOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the operator where the settings ask for it. */
@ApplicationScoped
public class OperatorLife {
  private final TrainerConfig config;
  private final KafkaClients clients;
  private final Instance<KubernetesClient> cluster;
  private final String servers;
  private RunOperator operator;
  private KafkaRunBoard board;

  OperatorLife(
      TrainerConfig config,
      KafkaClients clients,
      Instance<KubernetesClient> cluster,
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    this.config = config;
    this.clients = clients;
    this.cluster = cluster;
    this.servers = servers;
  }

  void start(@Observes StartupEvent event) {
    if (!config.operator().enabled()) {
      return;
    }
    KubernetesClient client = cluster.get();
    String namespace = Launchers.namespace(config.kubernetes(), client);
    board = new KafkaRunBoard(servers, config.patience(), clients.plain());
    operator =
        new RunOperator(
            client,
            board,
            new RunOperator.Settings(
                namespace, config.operator().lease(), config.operator().poll()),
            () -> Quarkus.asyncExit(1));
    operator.start();
  }

  void stop(@Observes ShutdownEvent event) {
    if (operator != null) {
      operator.close();
      board.close();
    }
  }
}
