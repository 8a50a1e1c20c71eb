package dev.edit.simulatedteacher.config;

import dev.edit.simulatedteacher.domain.FaultPlan;
import dev.edit.simulatedteacher.domain.FaultRates;
import dev.edit.simulatedteacher.domain.Latency;
import dev.edit.simulatedteacher.domain.SimulatedCompletions;
import dev.edit.simulatedteacher.domain.SimulatedErrorRate;
import dev.edit.simulatedteacher.domain.SimulatedTeacher;
import dev.edit.simulatedteacher.web.RateLimitAnswer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the simulated teacher; a key with a bad value stops the start. */
public final class SimulatedTeacherBeans {

  @Produces
  @Singleton
  @Startup
  SimulatedCompletions completions(SimulatedTeacherConfig config) {
    SimulatedTeacherConfig.Faults faults = config.faults();
    FaultRates rates =
        new FaultRates(
            new FaultRates.Passing(
                faults.rateLimit(),
                faults.serverError(),
                faults.reset(),
                faults.noReply(),
                faults.slow(),
                faults.slowBy()),
            new FaultRates.Lasting(faults.truncation(), faults.garbage(), faults.malformed()));
    SimulatedTeacher teacher =
        new SimulatedTeacher(config.seed(), new SimulatedErrorRate(config.errorRate()));
    return new SimulatedCompletions(config.seed(), teacher, new FaultPlan(config.seed(), rates));
  }

  @Produces
  @Singleton
  @Startup
  Latency latency(SimulatedTeacherConfig config) {
    return new Latency(config.seed(), config.latency(), config.latencyJitter());
  }

  @Produces
  @Singleton
  @Startup
  RateLimitAnswer rateLimit(SimulatedTeacherConfig config) {
    return new RateLimitAnswer(config.faults().retryAfter());
  }
}
