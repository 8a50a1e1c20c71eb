package dev.edit.generator.messaging;

import dev.edit.contracts.Cot;
import dev.edit.generator.domain.stage.Corruption;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecordBatch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The corrupt stage's place on {@code edit.cots.right}. */
@Startup
@ApplicationScoped
public class CorruptStage {
  private final StageLoop<Cot> loop;

  @Inject
  CorruptStage(StageLoops loops, Corruption stage) {
    this.loop = loops.of(Channels.CORRUPT, Cot.class, stage);
  }

  @Incoming(Channels.CORRUPT)
  @Acknowledgment(Strategy.MANUAL)
  Uni<Void> batch(IncomingKafkaRecordBatch<String, byte[]> batch) {
    return loop.run(batch);
  }

  @PreDestroy
  void close() {
    loop.close();
  }
}
