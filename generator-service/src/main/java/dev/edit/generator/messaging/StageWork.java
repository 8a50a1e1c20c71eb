package dev.edit.generator.messaging;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RawRecord;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.generator.domain.stage.Outcome;
import dev.edit.generator.domain.stage.Reason;
import dev.edit.generator.domain.stage.Stage;
import dev.edit.generator.metrics.GeneratorMetrics;
import dev.edit.tracing.LogContext;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Puts a Kafka record through a stage and says what to publish: one result or one dead letter. A
 * record that cannot be read becomes a dead letter and holds nothing up; a tombstone says nothing
 * and gives nothing.
 *
 * @param <T> the record the stage reads
 */
final class StageWork<T extends EventRecord> {
  private static final Logger LOG = Logger.getLogger(StageWork.class);
  private static final RecordCodec<Cot> COTS = RecordCodec.of(Cot.class);
  private static final RecordCodec<DualCot> DUALS = RecordCodec.of(DualCot.class);
  private static final RecordCodec<DeadLetter> DEAD_LETTERS = RecordCodec.of(DeadLetter.class);

  private final String name;
  private final RecordCodec<T> codec;
  private final Stage<T> stage;
  private final int largest;
  private final GeneratorMetrics metrics;

  /**
   * A stage's work.
   *
   * @param largest the most bytes that a record may have to be sent
   */
  StageWork(
      String name, RecordCodec<T> codec, Stage<T> stage, int largest, GeneratorMetrics metrics) {
    this.name = name;
    this.codec = codec;
    this.stage = stage;
    this.largest = largest;
    this.metrics = metrics;
  }

  /** What to publish for a record; never fails. */
  CompletionStage<Result> of(ConsumerRecord<String, byte[]> item) {
    if (item.value() == null) {
      return CompletableFuture.completedStage(skipped());
    }
    T value;
    try {
      value = codec.decode(item.value());
    } catch (UnreadableRecordException e) {
      return CompletableFuture.completedStage(
          deadLetter(item, raw(item).place(), e.reason().code(), e.getMessage(), 0));
    }
    if (item.value().length > largest) {
      return CompletableFuture.completedStage(tooLarge(item, value.key(), item.value().length));
    }
    return work(value)
        .thenApply(outcome -> result(item, outcome))
        .exceptionally(failure -> internalError(item, value.key(), failure));
  }

  private CompletionStage<Outcome> work(T value) {
    try {
      return stage.of(value);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Result result(ConsumerRecord<String, byte[]> item, Outcome outcome) {
    if (outcome instanceof Outcome.Annotated annotated) {
      Cot cot = annotated.cot();
      boolean right = cot.verdict() == Cot.Verdict.RIGHT;
      return sendable(
          item,
          Output.of(right ? Topics.RIGHT_COTS : Topics.WRONG_COTS, COTS, cot),
          () -> metrics.cot(label(cot.verdict())));
    }
    if (outcome instanceof Outcome.Paired paired) {
      String alone = paired.alone().map(Reason::code).orElse("no");
      return sendable(
          item,
          Output.of(Topics.DUAL_COTS, DUALS, paired.dual()),
          () -> metrics.dual(label(paired.dual().origin()), alone));
    }
    if (outcome instanceof Outcome.GivenUp given) {
      return deadLetter(
          item, given.problemId(), given.reason().code(), given.message(), given.attempts());
    }
    return skipped();
  }

  private Result skipped() {
    return new Result(Optional.empty(), () -> metrics.skipped(name));
  }

  /** A record too large to be sent would hold its partition up for ever. */
  private Result sendable(ConsumerRecord<String, byte[]> item, Output output, Runnable tally) {
    return output.value().length > largest
        ? tooLarge(item, output.key(), output.value().length)
        : new Result(Optional.of(output), tally);
  }

  /** Whatever a stage makes of a record holds its problem, and is no smaller. */
  private Result tooLarge(ConsumerRecord<String, byte[]> item, String id, int bytes) {
    String message = "the record to send has " + bytes + " bytes, and at most " + largest + " fit";
    return deadLetter(item, id, Reason.TOO_LARGE.code(), message, 0);
  }

  private Result internalError(ConsumerRecord<String, byte[]> item, String id, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    try (LogContext context = LogContext.of(item.topic(), item.key())) {
      LOG.errorf(cause, "a fault of this program, the record becomes a dead letter stage=%s", name);
    }
    return deadLetter(item, id, Reason.INTERNAL_ERROR.code(), cause.toString(), 0);
  }

  private Result deadLetter(
      ConsumerRecord<String, byte[]> item, String id, String reason, String message, int attempts) {
    try (LogContext context = LogContext.of(item.topic(), item.key())) {
      LOG.debugf("given up stage=%s reason=%s", name, reason);
    }
    RawRecord raw = raw(item);
    DeadLetter letter =
        new DeadLetter(id, name, reason, message, attempts, raw.text(), raw.pointer());
    return new Result(
        Optional.of(Output.of(Topics.DEAD_LETTERS, DEAD_LETTERS, letter)),
        () -> metrics.deadLetter(name, reason));
  }

  private static RawRecord raw(ConsumerRecord<String, byte[]> item) {
    return new RawRecord(item.topic(), item.partition(), item.offset(), item.value());
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
