package dev.edit.trainer.messaging;

import dev.edit.contracts.RunEvent;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.trainer.metrics.TrainerMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Turns the workers' events into metrics, since a worker lives too briefly to be scraped. */
@ApplicationScoped
public class RunEventsListener {
  private static final Logger LOG = System.getLogger(RunEventsListener.class.getName());
  private static final RecordCodec<RunEvent> EVENTS = RecordCodec.of(RunEvent.class);

  private final TrainerMetrics metrics;

  RunEventsListener(TrainerMetrics metrics) {
    this.metrics = metrics;
  }

  @Incoming(Channels.RUN_EVENTS)
  void show(byte[] event) {
    try {
      metrics.record(EVENTS.decode(event));
    } catch (UnreadableRecordException e) {
      LOG.log(Level.WARNING, "unreadable run event passed over: reason={0}", e.reason().code());
    }
  }
}
