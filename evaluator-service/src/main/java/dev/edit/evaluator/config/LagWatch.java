package dev.edit.evaluator.config;

import dev.edit.evaluator.messaging.console.ConsumerLag;
import dev.edit.evaluator.metrics.EvaluatorMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/** Asks every few seconds how far the consumer groups are behind, for the metrics. */
@ApplicationScoped
public class LagWatch {
  private static final Logger LOG = System.getLogger(LagWatch.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final ConsumerLag lag;
  private final EvaluatorMetrics metrics;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watching = new Thread(task, "lag-watch");
            watching.setDaemon(true);
            return watching;
          });

  LagWatch(ConsumerLag lag, EvaluatorMetrics metrics) {
    this.lag = lag;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Before the client that it asks is closed. */
  void stop(@Observes @Priority(1) ShutdownEvent event) {
    thread.shutdownNow();
  }

  private void ask() {
    try {
      metrics.lags(lag.groups());
    } catch (KafkaException e) {
      LOG.log(Level.DEBUG, "lag is not known: {0}", e.getMessage());
    }
  }
}
