package dev.edit.trainer.messaging;

import dev.edit.contracts.RunEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Publishes events that no record of edit.runs caused, such as a worker's death. */
@ApplicationScoped
public class RunEventSender {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MutinyEmitter<Record<String, byte[]>> emitter;

  RunEventSender(@Channel(Channels.REPORTS) MutinyEmitter<Record<String, byte[]>> emitter) {
    this.emitter = emitter;
  }

  /** Returns when Kafka has the event; the calling thread may be blocked until then. */
  public void send(RunEvent event) {
    Outbox.Addressed out = Outbox.address(event);
    emitter.send(Record.of(out.key(), out.value())).await().atMost(PATIENCE);
  }
}
