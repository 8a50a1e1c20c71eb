package dev.edit.trainer.config;

import dev.edit.contracts.Topics;
import dev.edit.recordloop.KafkaClients;
import dev.edit.recordloop.RecordLoop;
import dev.edit.trainer.domain.Dispatcher;
import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.messaging.Admission;
import dev.edit.trainer.messaging.KafkaRunHistory;
import dev.edit.trainer.messaging.OwnedRuns;
import dev.edit.trainer.messaging.RunEventFeed;
import dev.edit.trainer.messaging.RunEventSender;
import dev.edit.trainer.metrics.TrainerMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the dispatcher out of the settings. */
public class TrainerBeans {
  private static final String GROUP = "edit-trainer";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Produces
  @Singleton
  TrainerMetrics metrics(MeterRegistry registry) {
    return new TrainerMetrics(registry);
  }

  @Produces
  @Singleton
  KafkaClients clients(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    return new KafkaClients(servers);
  }

  @Produces
  @Singleton
  RunEventSender sender(KafkaClients clients) {
    return new RunEventSender(clients.plain());
  }

  @Produces
  @Singleton
  RunLauncher launcher(
      TrainerConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      Instance<KubernetesClient> cluster) {
    return new Launchers(config, servers).launcher(cluster::get);
  }

  @Produces
  @Singleton
  Dispatcher dispatcher(
      TrainerConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      RunLauncher launcher,
      RunEventSender sender,
      TrainerMetrics metrics) {
    Dispatcher dispatcher =
        new Dispatcher(
            launcher,
            new KafkaRunHistory(servers, config.patience()),
            sender::send,
            Clock.systemUTC(),
            new Dispatcher.Limits(config.maxConcurrentRuns(), config.worker().grace()));
    metrics.watch(dispatcher::active, dispatcher::queued);
    return dispatcher;
  }

  @Produces
  @Singleton
  RecordLoop loop(
      TrainerConfig config, KafkaClients clients, Dispatcher dispatcher, TrainerMetrics metrics) {
    return new RecordLoop(
        Topics.RUNS,
        () -> clients.member(GROUP),
        () -> clients.transactional(GROUP + "-" + config.instance()),
        new Admission(dispatcher, metrics),
        PAUSE,
        new OwnedRuns(dispatcher));
  }

  @Produces
  @Singleton
  RunEventFeed feed(KafkaClients clients, TrainerMetrics metrics) {
    return new RunEventFeed(clients::onlooker, metrics::record);
  }
}
