package dev.edit.evaluator.messaging.console;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.evaluator.domain.console.LogPlace;
import dev.edit.recordloop.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes the record of a dead letter again where it came from, with its key and its bytes, so
 * that the stage that gave up tries once more. Ids are deterministic: should the first try have had
 * a result after all, the second one takes its place.
 */
public final class DeadLetterReplay implements AutoCloseable {
  /** Says on the replayed record which letter it comes from: {@code partition/offset}. */
  public static final String HEADER = "edit-replay-of-dead-letter";

  private static final Set<String> PIPELINE =
      Topics.ALL.stream().map(Topics.Topic::name).collect(Collectors.toUnmodifiableSet());

  private final RecordLookup lookup;
  private final KafkaClients clients;
  private Producer<String, byte[]> producer;

  public DeadLetterReplay(RecordLookup lookup, KafkaClients clients) {
    this.lookup = lookup;
    this.clients = clients;
  }

  /** What became of an order to replay. */
  public sealed interface Result {

    /** The record was published to {@code topic}. */
    record Replayed(String topic) implements Result {}

    /** There is no such letter. */
    record NoSuchLetter() implements Result {}

    /** The letter is there, its record cannot be had or must not be published. */
    record Refused(String why) implements Result {}
  }

  /**
   * Replays the letter at a place of edit.dead-letters.
   *
   * @throws KafkaException where Kafka does not answer
   */
  public Result replay(LogPlace place) {
    Optional<ConsumerRecord<String, byte[]>> found = lookup.find(Topics.DEAD_LETTERS, place);
    if (found.isEmpty()) {
      return new Result.NoSuchLetter();
    }
    DeadLetter letter = RecordCodec.of(DeadLetter.class).decode(found.get().value());
    DeadLetter.Pointer pointer = letter.pointer();
    if (!PIPELINE.contains(pointer.topic())) {
      return new Result.Refused(
          "pointer.topic is %s, expected a topic of the pipeline".formatted(pointer.topic()));
    }
    Optional<ProducerRecord<String, byte[]>> record = original(pointer).or(() -> copy(letter));
    if (record.isEmpty()) {
      return new Result.Refused(
          "%s/%d/%d is no longer in the log and was too large to be kept in the letter"
              .formatted(pointer.topic(), pointer.partition(), pointer.offset()));
    }
    String origin = place.partition() + "/" + place.offset();
    record.get().headers().add(HEADER, origin.getBytes(StandardCharsets.UTF_8));
    send(record.get());
    return new Result.Replayed(pointer.topic());
  }

  /** The record itself, if it still lies where the letter points to. */
  private Optional<ProducerRecord<String, byte[]>> original(DeadLetter.Pointer pointer) {
    return lookup
        .find(pointer.topic(), new LogPlace(pointer.partition(), pointer.offset()))
        .filter(found -> found.value() != null)
        .filter(found -> Sha256.of(found.value()).equals(pointer.sha256()))
        .map(found -> new ProducerRecord<>(pointer.topic(), found.key(), found.value()));
  }

  /** The letter's copy, if it is whole; the id stands for the key, as it does on all topics. */
  private static Optional<ProducerRecord<String, byte[]>> copy(DeadLetter letter) {
    return Optional.ofNullable(letter.record())
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .filter(bytes -> Sha256.of(bytes).equals(letter.pointer().sha256()))
        .map(bytes -> new ProducerRecord<>(letter.pointer().topic(), letter.id(), bytes));
  }

  private synchronized void send(ProducerRecord<String, byte[]> record) {
    if (producer == null) {
      producer = clients.plain();
    }
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new KafkaException("replay: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("replay: interrupted", e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
