package dev.edit.simulatedteacher.domain;

import dev.edit.families.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which request meets which fault, from a seed.
 *
 * <p>Passing faults (429, 500, slow) depend on the request and on how often it came before, so a
 * retry can succeed. Lasting ones (truncation, garbage) depend on the request alone: they change
 * the data, and the same requests must give the same data whether or not they were repeated.
 * Thread-safe.
 */
public final class FaultPlan {
  private static final int REMEMBERED = 100_000;

  private final long seed;
  private final FaultRates rates;
  private final Map<Long, Integer> arrivals =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  public FaultPlan(long seed, FaultRates rates) {
    this.seed = seed;
    this.rates = rates;
  }

  /** The passing fault that this arrival of a request meets; counts the arrival. */
  public Optional<Fault> passing(String request) {
    double draw = Seeds.stream(seed, "passing", request, arrival(request)).nextDouble();
    if (draw < rates.rateLimit()) {
      return Optional.of(new Fault.RateLimited());
    }
    if (draw < rates.rateLimit() + rates.serverError()) {
      return Optional.of(new Fault.ServerError());
    }
    if (draw < rates.rateLimit() + rates.serverError() + rates.slow()) {
      return Optional.of(new Fault.Delayed(rates.slowBy()));
    }
    return Optional.empty();
  }

  /** The lasting fault that every arrival of a request meets. */
  public Optional<Fault> lasting(String request) {
    double draw = Seeds.stream(seed, "lasting", request).nextDouble();
    if (draw < rates.truncation()) {
      return Optional.of(new Fault.Truncated());
    }
    if (draw < rates.truncation() + rates.garbage()) {
      return Optional.of(new Fault.Garbage());
    }
    return Optional.empty();
  }

  private String arrival(String request) {
    synchronized (arrivals) {
      return String.valueOf(arrivals.merge(Seeds.hash(seed, request), 1, Integer::sum));
    }
  }
}
