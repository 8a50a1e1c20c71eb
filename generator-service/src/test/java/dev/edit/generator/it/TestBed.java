package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.embeddedkafka.BrokerOptions;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.embeddedkafka.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A broker, a prompt pack, and workers as processes of their own. */
final class TestBed implements AutoCloseable {
  private static final RecordCodec<DualCot> DUALS = RecordCodec.of(DualCot.class);
  private static final RecordCodec<DeadLetter> DEAD = RecordCodec.of(DeadLetter.class);

  private final Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private EmbeddedKafka kafka;
  private TopicReader reader;

  TestBed(Path folder, String teacherUrl) throws IOException {
    this.folder = folder;
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(4));
    reader = new TopicReader(kafka.bootstrapServers());
    Path pack = Files.createDirectories(folder.resolve("pack/cot-prompts"));
    Files.writeString(
        pack.resolve(Surroundings.TASK + ".txt"),
        "Count.\n\nQ: up to 2\nA: Let's think step by step.\nOne, two. So the answer is 2.\n");
    set("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    set("EDIT_GENERATOR_TEACHER_URL", teacherUrl);
    set("EDIT_GENERATOR_TEACHER_MODEL", "scripted");
    set("EDIT_GENERATOR_PROMPT_PACK", folder.resolve("pack").toString());
  }

  /** The same with the SIMULATED teacher and the built-in pack, which fits its questions. */
  static TestBed simulated(Path folder, Worker teacher) throws IOException {
    TestBed bed = new TestBed(folder, teacher.url("/v1"));
    bed.set("EDIT_GENERATOR_TEACHER_MODEL", SimulatedTeacher.MODEL);
    bed.settings.remove("EDIT_GENERATOR_PROMPT_PACK");
    return bed;
  }

  TestBed set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** The variables of a worker with a name, and a cache of its own; they may be changed. */
  Map<String, String> environment(String name) {
    Map<String, String> own = new HashMap<>(settings);
    own.put("EDIT_GENERATOR_INSTANCE", name);
    own.put("EDIT_GENERATOR_CACHE", folder.resolve("cache-" + name).toString());
    return own;
  }

  /** A worker with these variables. */
  Worker start(String name) {
    return Worker.start(folder, environment(name));
  }

  /** Forgets how far a group of consumers has read, so that it begins anew. */
  void forgetOffsets(String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteConsumerGroups(List.of(group)).all().get();
    }
  }

  /** Takes the broker away, runs something, and brings it back at the same address. */
  void withoutBroker(Runnable meanwhile) {
    String address = kafka.bootstrapServers();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    reader.close();
    kafka.close();
    meanwhile.run();
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), BrokerOptions.defaults().withPort(port));
    reader = new TopicReader(kafka.bootstrapServers());
  }

  /** Publishes problems {@code p/0...}, each with a behaviour of {@link ScriptedChats}. */
  void publish(int count, IntFunction<String> behaviour) {
    publish(0, count, behaviour);
  }

  /** The same, from one number to before another. */
  void publish(int from, int to, IntFunction<String> behaviour) {
    List<Problem> problems =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    new Problem(
                        "p/" + i,
                        Surroundings.TASK,
                        "[" + behaviour.apply(i) + "] " + (10_000 + i),
                        Integer.toString(10_000 + i),
                        Split.TRAIN,
                        Domain.IN,
                        "it",
                        null))
            .toList();
    publish(problems);
  }

  void publish(List<Problem> problems) {
    Publisher.publish(kafka.bootstrapServers(), problems);
  }

  /** The records that hold what was accepted. */
  List<ConsumerRecord<String, byte[]>> duals() {
    return reader.read(Topics.DUAL_COTS);
  }

  List<DualCot> accepted() {
    return duals().stream().map(item -> DUALS.decode(item.value())).toList();
  }

  List<DeadLetter> dead() {
    return reader.read(Topics.DEAD_LETTERS).stream()
        .map(item -> DEAD.decode(item.value()))
        .toList();
  }

  int ended() {
    return duals().size() + reader.read(Topics.DEAD_LETTERS).size();
  }

  /** Every problem ended exactly once. */
  Ends ends(int published) {
    List<String> ids = new ArrayList<>();
    List<DualCot> accepted = accepted();
    List<DeadLetter> dead = dead();
    accepted.forEach(dual -> ids.add(dual.problem().id()));
    dead.forEach(letter -> ids.add(letter.id()));
    int distinct = new TreeSet<>(ids).size();
    Ends ends =
        new Ends(
            published, accepted.size(), dead.size(), published - distinct, ids.size() - distinct);
    assertThat(ends.lost).as("lost").isZero();
    assertThat(ends.duplicated).as("duplicated").isZero();
    return ends;
  }

  /** How problems ended. */
  record Ends(int published, int accepted, int deadLettered, int lost, int duplicated) {
    @Override
    public String toString() {
      return "%d published, %d accepted, %d dead-lettered, %d lost, %d duplicated"
          .formatted(published, accepted, deadLettered, lost, duplicated);
    }
  }

  @Override
  public void close() {
    reader.close();
    kafka.close();
  }
}
