package dev.edit.trainer.config;

import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.recordloop.KafkaClients;
import dev.edit.recordloop.RecordLoop;
import dev.edit.trainer.client.LocalProcessLauncher;
import dev.edit.trainer.client.WorkerClassPath;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.Dispatcher;
import dev.edit.trainer.domain.SavePolicy;
import dev.edit.trainer.messaging.Admission;
import dev.edit.trainer.messaging.KafkaRunHistory;
import dev.edit.trainer.messaging.OwnedRuns;
import dev.edit.trainer.messaging.RunEventFeed;
import dev.edit.trainer.messaging.RunEventSender;
import dev.edit.trainer.metrics.TrainerMetrics;
import dev.edit.trainer.worker.WorkerArguments;
import dev.edit.trainer.worker.WorkerMain;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
  Dispatcher dispatcher(
      TrainerConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String servers,
      RunEventSender sender,
      TrainerMetrics metrics) {
    Dispatcher dispatcher =
        new Dispatcher(
            launcher(config, servers),
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

  private static LocalProcessLauncher launcher(TrainerConfig config, String servers) {
    LocalProcessLauncher.Settings settings =
        new LocalProcessLauncher.Settings(
            WorkerClassPath.of(System.getProperty("java.class.path")),
            WorkerMain.class.getName(),
            config.worker().javaOptions(),
            config.worker().threads());
    return new LocalProcessLauncher(
        new CheckpointFolders(config.checkpoints()),
        settings,
        run -> arguments(run, servers, config));
  }

  private static List<String> arguments(Run run, String servers, TrainerConfig config) {
    return new WorkerArguments(
            run.id(),
            servers,
            config.checkpoints().toAbsolutePath(),
            config.worker().reportEvery(),
            config.patience(),
            ProcessHandle.current().pid(),
            run.epoch(),
            new SavePolicy(
                config.worker().saveEverySteps(),
                config.worker().saveEvery(),
                config.worker().savesKept()))
        .format();
  }
}
