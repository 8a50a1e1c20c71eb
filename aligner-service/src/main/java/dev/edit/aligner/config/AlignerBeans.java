package dev.edit.aligner.config;

import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.domain.Gates;
import dev.edit.aligner.domain.Student;
import dev.edit.aligner.messaging.AlignmentLoop;
import dev.edit.aligner.messaging.KafkaClients;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.alignment.AlignmentRule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Puts the parts together, starts the loop and stops it. */
@Singleton
final class AlignerBeans {

  @Produces
  @Singleton
  Student student(AlignerConfig config) {
    return StudentFolder.open(config.student());
  }

  void close(@Disposes Student student) {
    student.close();
  }

  @Produces
  @Singleton
  AlignmentLoop loop(
      AlignerConfig config,
      Student student,
      MeterRegistry registry,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    DualAlignment alignment =
        new DualAlignment(
            student,
            AlignmentRule.named(config.rule()),
            new Gates(config.minSimilarity(), config.maxLength()));
    Map<String, Object> common = new HashMap<>(kafka);
    common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    KafkaClients clients = new KafkaClients(common);
    Consumer<String, byte[]> consumer = clients.consumer(config.batchSize());
    new KafkaClientMetrics(consumer).bindTo(registry);
    return new AlignmentLoop(
        consumer,
        () -> clients.producer(config.instance()),
        alignment,
        new AlignerMetrics(registry));
  }

  void onStart(@Observes StartupEvent event, AlignmentLoop loop) {
    loop.start();
  }

  void onStop(@Observes ShutdownEvent event, AlignmentLoop loop) {
    loop.close();
  }

  @Produces
  @Liveness
  @Singleton
  HealthCheck liveness(AlignmentLoop loop) {
    return () -> HealthCheckResponse.named("aligner runs").status(loop.isRunning()).build();
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck readiness(AlignmentLoop loop) {
    return () ->
        HealthCheckResponse.named("aligner is in its consumer group")
            .status(loop.hasJoined())
            .build();
  }
}
