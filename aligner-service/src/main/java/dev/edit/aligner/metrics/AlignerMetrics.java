package dev.edit.aligner.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Every figure the aligner exposes, {@code edit_aligner_...}. Labels come from closed sets of
 * codes: never a problem's id, never a text. Records are counted when their transaction is
 * committed.
 */
public final class AlignerMetrics {
  private static final String PREFIX = "edit.aligner.";

  private final MeterRegistry registry;
  private final DistributionSummary keyShare;
  private final DistributionSummary similarity;
  private final Timer batch;

  public AlignerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.keyShare = share("key.share", "Share of key tokens among a pair's response tokens");
    this.similarity = share("similarity", "1 - distance / longer response, of the pairs aligned");
    this.batch =
        Timer.builder(PREFIX + "batch")
            .description("From a batch's poll to its commit")
            .register(registry);
  }

  /** A pair was published. */
  public void dual(double pairSimilarity, double pairKeyShare) {
    outcome("dual");
    similarity.record(pairSimilarity);
    keyShare.record(pairKeyShare);
  }

  /** A right chain of thought without a dual was published. */
  public void sftOnly() {
    outcome("sft-only");
  }

  /** A dead letter was published. */
  public void deadLetter(String reason) {
    outcome("dead-letter");
    registry.counter(PREFIX + "dead.letters", "reason", reason).increment();
  }

  /** A tombstone was read; it gives nothing. */
  public void tombstone() {
    outcome("tombstone");
  }

  /** A batch was published and its offsets committed. */
  public void committed(Duration took) {
    batch.record(took);
    registry.counter(PREFIX + "batches", "result", "committed").increment();
  }

  /** A batch's transaction failed; it comes again. */
  public void aborted() {
    registry.counter(PREFIX + "batches", "result", "aborted").increment();
  }

  private void outcome(String name) {
    registry.counter(PREFIX + "records", "outcome", name).increment();
  }

  private DistributionSummary share(String name, String description) {
    return DistributionSummary.builder(PREFIX + name)
        .description(description)
        .serviceLevelObjectives(0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
        .register(registry);
  }
}
