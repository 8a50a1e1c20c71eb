package dev.edit.generator.messaging;

import dev.edit.contracts.Cot;
import dev.edit.generator.domain.stage.Rectification;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecordBatch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The rectify stage's place on {@code edit.cots.wrong}. */
@Startup
@ApplicationScoped
public class RectifyStage {
  private final StageLoop<Cot> loop;

  @Inject
  RectifyStage(StageLoops loops, Rectification stage) {
    this.loop = loops.of(Channels.RECTIFY, Cot.class, stage);
  }

  @Incoming(Channels.RECTIFY)
  @Acknowledgment(Strategy.MANUAL)
  Uni<Void> batch(IncomingKafkaRecordBatch<String, byte[]> batch) {
    return loop.run(batch);
  }

  @PreDestroy
  void close() {
    loop.close();
  }
}
