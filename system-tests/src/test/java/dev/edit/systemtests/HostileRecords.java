package dev.edit.systemtests;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeyStepFigures;
import dev.edit.contracts.KeyStepFigures.Mean;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RawRecord;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records that hold the {@link HostileTexts} wherever a record may hold any text. */
final class HostileRecords {
  private static final int[][] NO_SPANS = {};

  private HostileRecords() {}

  /**
   * Publishes a pair, a dead letter and a message of the run for each text, an evaluation of the
   * run with a task for each, and one of four held-out duals with key-step figures.
   */
  static void publish(String servers, String run) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      List<String> texts = HostileTexts.all();
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        send(producer, Topics.KEY_STEPS, KeySteps.class, pair("hostile/" + i, text));
        send(producer, Topics.DEAD_LETTERS, DeadLetter.class, letter("hostile/" + i, text));
        send(
            producer,
            Topics.RUN_EVENTS,
            RunEvent.class,
            new RunEvent(run, Instant.now(), RunEvent.State.SUCCEEDED, null, text, null));
      }
      Map<String, Score> tasks =
          texts.stream().collect(Collectors.toMap(text -> text, text -> Score.of(1, 1, 0)));
      Evaluation hostile = evaluation(run, "hostile", Score.of(3, 4, 0), tasks, null);
      send(producer, Topics.EVALUATIONS, Evaluation.class, hostile);
      KeyStepFigures figures =
          new KeyStepFigures(new Mean(-0.25, 0.05), new Mean(-1.5, 0.25), new Mean(1.25, 0.2));
      Evaluation duals =
          evaluation(run, Evaluation.HELD_OUT_DUALS, Score.of(3, 4, 0), Map.of(), figures);
      send(producer, Topics.EVALUATIONS, Evaluation.class, duals);
    }
  }

  private static <T extends EventRecord> void send(
      KafkaProducer<String, byte[]> producer, String topic, Class<T> type, T record) {
    producer.send(new ProducerRecord<>(topic, record.key(), RecordCodec.of(type).encode(record)));
  }

  private static Evaluation evaluation(
      String run, String benchmark, Score overall, Map<String, Score> tasks, KeyStepFigures keys) {
    return new Evaluation(
        run,
        Recipe.EDIT,
        11,
        "0".repeat(64),
        benchmark,
        Problem.Domain.OUT,
        overall,
        tasks,
        "1110",
        "0".repeat(64),
        Map.of(),
        keys);
  }

  private static Problem problem(String id, String text) {
    return new Problem(
        id, "hostile", text, "3", Problem.Split.TEST, Problem.Domain.OUT, "hostile", null);
  }

  private static KeySteps pair(String id, String text) {
    int[][] whole = {{0, text.length()}};
    int[] ids = {1, 2};
    return new KeySteps(
        problem(id, text),
        "sha256:t",
        "reference",
        new int[] {1},
        new KeySteps.Side(text, ids, NO_SPANS, NO_SPANS),
        new KeySteps.Side(text, ids, new int[][] {{0, 1}}, whole),
        0.5,
        0.5,
        DualCot.Origin.CORRUPTED,
        null);
  }

  private static DeadLetter letter(String id, String text) {
    byte[] record = RecordCodec.of(Problem.class).encode(problem(id, text));
    RawRecord raw = new RawRecord(Topics.PROBLEMS, 0, Integer.MAX_VALUE, record);
    return new DeadLetter(id, "annotate", "hostile-reason", text, 1, raw.text(), raw.pointer());
  }
}
