package dev.edit.generator.messaging;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.generator.domain.stage.ExemplarPool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Fills the pool with every rectified pair on {@code edit.dual-cots}, from the beginning at each
 * start and whichever worker wrote it: each process reads all partitions under a group of its own.
 */
@ApplicationScoped
public class ExemplarFeed {
  private static final Logger LOG = Logger.getLogger(ExemplarFeed.class);
  private static final RecordCodec<DualCot> CODEC = RecordCodec.of(DualCot.class);

  private final ExemplarPool pool;

  @Inject
  ExemplarFeed(ExemplarPool pool) {
    this.pool = pool;
  }

  @Incoming(Channels.EXEMPLARS)
  void pairs(List<byte[]> values) {
    for (byte[] value : values) {
      if (value != null) {
        add(value);
      }
    }
  }

  /** An unreadable record is the aligner's to report; here it is merely no exemplar. */
  private void add(byte[] value) {
    try {
      pool.add(CODEC.decode(value));
    } catch (UnreadableRecordException e) {
      LOG.debugf("record is no exemplar: %s", e.reason().code());
    }
  }
}
