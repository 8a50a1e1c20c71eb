package dev.edit.generator.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the broker answers and every stage has its place in its group. */
@Readiness
@ApplicationScoped
public class StageReadiness implements HealthCheck {
  private final StageLoops loops;
  private final GroupWatch watch;
  private final Funds funds;

  @Inject
  StageReadiness(StageLoops loops, GroupWatch watch, Funds funds) {
    this.loops = loops;
    this.watch = watch;
    this.funds = funds;
  }

  /** Whether the teacher may be paid; without money a worker waits, and is ready all the same. */
  @FunctionalInterface
  public interface Funds {
    boolean areExhausted();
  }

  @Override
  public HealthCheckResponse call() {
    boolean joined = loops.all().stream().allMatch(StageLoop::hasJoined);
    HealthCheckResponseBuilder response = HealthCheckResponse.named("broker");
    response.withData("reachable", watch.isReachable());
    response.withData("joined", joined);
    response.withData("workers", watch.workers());
    response.withData("budget", funds.areExhausted() ? "exhausted" : "sufficient");
    return response.status(watch.isReachable() && joined).build();
  }
}
