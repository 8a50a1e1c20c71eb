package dev.edit.generator.messaging;

import dev.edit.contracts.Problem;
import dev.edit.generator.domain.stage.Annotation;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecordBatch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The annotate stage's place on {@code edit.problems}. */
@Startup
@ApplicationScoped
public class AnnotateStage {
  private final StageLoop<Problem> loop;

  @Inject
  AnnotateStage(StageLoops loops, Annotation stage) {
    this.loop = loops.of(Channels.ANNOTATE, Problem.class, stage);
  }

  @Incoming(Channels.ANNOTATE)
  @Acknowledgment(Strategy.MANUAL)
  Uni<Void> batch(IncomingKafkaRecordBatch<String, byte[]> batch) {
    return loop.run(batch);
  }

  @PreDestroy
  void close() {
    loop.close();
  }
}
