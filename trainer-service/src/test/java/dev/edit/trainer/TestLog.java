package dev.edit.trainer;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.trainer.domain.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of a broker as a test writes and reads them. */
final class TestLog {
  private final String servers;
  private final Map<Integer, long[]> ranges = new TreeMap<>();

  TestLog(String servers) {
    this.servers = servers;
  }

  /** A run on all records that were published here, or on one that is not there. */
  Run run(String id, Path student, int sftSteps, int krslSteps) {
    Run shape = Samples.run(id, Recipe.EDIT, sftSteps, krslSteps, 64, List.of());
    List<PartitionRange> offsets = new ArrayList<>();
    ranges.forEach((p, range) -> offsets.add(new PartitionRange(p, range[0], range[1])));
    if (offsets.isEmpty()) {
      offsets.add(new PartitionRange(0, 0, 1));
    }
    return new Run(
        id,
        shape.recipe(),
        student.toString(),
        shape.hyperparameters(),
        new Run.DatasetSelector(offsets, List.of()),
        7);
  }

  void publishKeySteps(List<KeySteps> records) throws ExecutionException, InterruptedException {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    try (KafkaProducer<String, byte[]> producer = producer()) {
      for (KeySteps record : records) {
        var at =
            producer
                .send(new ProducerRecord<>(Topics.KEY_STEPS, record.key(), codec.encode(record)))
                .get();
        long[] range =
            ranges.computeIfAbsent(at.partition(), p -> new long[] {at.offset(), at.offset()});
        range[1] = at.offset() + 1;
      }
    }
  }

  void publish(Run run) {
    send(Topics.RUNS, run.key(), RecordCodec.of(Run.class).encode(run));
  }

  void send(String topic, String key, byte[] value) {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topic, key, value));
    }
  }

  <T extends EventRecord> List<T> read(String topic, Class<T> type) {
    RecordCodec<T> codec = RecordCodec.of(type);
    try (TopicReader reader = new TopicReader(servers)) {
      return reader.read(topic).stream().map(record -> codec.decode(record.value())).toList();
    }
  }

  /** What was told of a run, in order. */
  List<RunEvent> events(String run) {
    return read(Topics.RUN_EVENTS, RunEvent.class).stream()
        .filter(event -> event.run().equals(run))
        .toList();
  }

  /** The states that a run went through. */
  List<State> states(String run) {
    return events(run).stream().map(RunEvent::state).distinct().toList();
  }

  Optional<RunEvent> end(String run) {
    return events(run).stream().filter(event -> event.state().isFinal()).findFirst();
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
  }
}
