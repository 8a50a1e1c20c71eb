package dev.edit.generator.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as the stages' threads run: neither a slow teacher nor a lost broker ends one. */
@Liveness
@ApplicationScoped
public class StageLiveness implements HealthCheck {
  private final StageLoops loops;

  @Inject
  StageLiveness(StageLoops loops) {
    this.loops = loops;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("stages");
    loops.all().forEach(loop -> response.withData(loop.name(), loop.isAlive()));
    return response.status(loops.all().stream().allMatch(StageLoop::isAlive)).build();
  }
}
