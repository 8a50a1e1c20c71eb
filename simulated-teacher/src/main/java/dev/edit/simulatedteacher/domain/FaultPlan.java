package dev.edit.simulatedteacher.domain;

import dev.edit.families.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which request meets which fault, from a seed.
 *
 * <p>Passing faults (429, 500, reset, no reply, slow) depend on the request and on how often it
 * came before, so a retry can succeed. Lasting ones (truncation, garbage, malformed) depend on the
 * request alone: they change the data, and the same requests must give the same data whether or not
 * they were repeated. Thread-safe.
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
    FaultRates.Passing passing = rates.passing();
    return new Draw(draw)
        .or(passing.rateLimit(), new Fault.RateLimited())
        .or(passing.serverError(), new Fault.ServerError())
        .or(passing.slow(), new Fault.Delayed(passing.slowBy()))
        .or(passing.reset(), new Fault.Reset())
        .or(passing.noReply(), new Fault.NoReply())
        .fault();
  }

  /** The lasting fault that every arrival of a request meets. */
  public Optional<Fault> lasting(String request) {
    FaultRates.Lasting lasting = rates.lasting();
    return new Draw(Seeds.stream(seed, "lasting", request).nextDouble())
        .or(lasting.truncation(), new Fault.Truncated())
        .or(lasting.garbage(), new Fault.Garbage())
        .or(lasting.malformed(), new Fault.Malformed())
        .fault();
  }

  /**
   * A number in [0, 1) that falls into one of the faults' shares, laid end to end, or into none.
   */
  private record Draw(double left, Optional<Fault> fault) {
    Draw(double number) {
      this(number, Optional.empty());
    }

    Draw or(double rate, Fault next) {
      return fault.isPresent()
          ? this
          : new Draw(left - rate, left < rate ? Optional.of(next) : Optional.empty());
    }
  }

  private String arrival(String request) {
    synchronized (arrivals) {
      return String.valueOf(arrivals.merge(Seeds.hash(seed, request), 1, Integer::sum));
    }
  }
}
