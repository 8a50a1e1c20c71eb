package dev.edit.trainer.config;

import dev.edit.recordloop.RecordLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Alive while the thread that takes records runs; ready once Kafka has given it a partition. */
public class LoopHealth {
  private static final String NAME = "records";

  @Produces
  @ApplicationScoped
  @Liveness
  HealthCheck alive(RecordLoop loop) {
    return () -> response(loop.isAlive());
  }

  @Produces
  @ApplicationScoped
  @Readiness
  HealthCheck ready(RecordLoop loop) {
    return () -> response(loop.isAssigned());
  }

  private static HealthCheckResponse response(boolean up) {
    return HealthCheckResponse.named(NAME).status(up).build();
  }
}
