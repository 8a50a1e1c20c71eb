package dev.edit.simulatedteacher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The keys of the simulated teacher. */
@ConfigMapping(prefix = "edit.simulated-teacher")
public interface SimulatedTeacherConfig {

  /** Every answer and every fault is drawn from it. */
  @WithDefault("1")
  long seed();

  /** Expected share of wrong CEP answers on problems spread evenly over difficulty 2 to 5. */
  @WithDefault("0.27")
  double errorRate();

  /** Every answer takes at least this long. */
  @WithDefault("0s")
  Duration latency();

  /** And up to this much longer. */
  @WithDefault("0s")
  Duration latencyJitter();

  /** What goes wrong on purpose. */
  Faults faults();

  /** Probabilities for one request. */
  interface Faults {

    /** Of status 429. */
    @WithDefault("0")
    double rateLimit();

    /** What a 429's Retry-After asks for; the header has whole seconds, rounded up. */
    @WithDefault("1s")
    Duration retryAfter();

    /** Of status 500. */
    @WithDefault("0")
    double serverError();

    /** Of a connection that is cut without a reply. */
    @WithDefault("0")
    double reset();

    /** Of a reply that never comes. */
    @WithDefault("0")
    double noReply();

    /** Of an answer that is late. */
    @WithDefault("0")
    double slow();

    /** How late it is then. */
    @WithDefault("5s")
    Duration slowBy();

    /** Of an answer cut off half way (finish reason length). */
    @WithDefault("0")
    double truncation();

    /** Of an answer without meaning. */
    @WithDefault("0")
    double garbage();

    /** Of a reply that is no JSON. */
    @WithDefault("0")
    double malformed();
  }
}
