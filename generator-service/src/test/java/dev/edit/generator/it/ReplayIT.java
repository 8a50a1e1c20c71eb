package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.datasets.Format;
import dev.edit.datasets.ImportSettings;
import dev.edit.datasets.ProblemImport;
import dev.edit.datasets.SplitRule;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.generator.it.Replay.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All of BIG-Bench Hard through the packaged worker, with a teacher that replays what a real one
 * published for 14 of its 27 tasks: D+ and D- must have the sizes that the published accuracies
 * imply, and every question must end exactly once. Skipped where the data are not beside the
 * checkout.
 */
class ReplayIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void shouldSplitRightFromWrongAsThePublisherDidAndEndEveryQuestionOnce() throws Exception {
    Optional<Path> outputs = SharedData.find("teacher-cots");
    Optional<Path> questions = SharedData.find("bbh");
    assumeThat(outputs).isPresent();
    assumeThat(questions).isPresent();
    List<Problem> problems = imported(questions.orElseThrow());
    assertThat(problems).hasSize(6_511);
    Replay replay = Replay.of(outputs.orElseThrow(), problems);
    try (ChatServer teacher = new ChatServer((prompt, call) -> replay.reply(prompt));
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(PipelineTopics.dataPartitions(3));
      Publisher.publish(kafka.bootstrapServers(), problems);
      Map<String, String> environment =
          environment(kafka.bootstrapServers(), teacher.url(), questions.orElseThrow());
      long start = System.nanoTime();
      try (Worker worker = Worker.start(folder, environment);
          TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> worker.ended() >= problems.size());
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(worker.stop()).isIn(0, 143);
        assertThat(sizes(reader)).isEqualTo(replay.published());
        assertEnds(problems, replay, reader, seconds, teacher.calls(""));
      }
    }
  }

  private static List<Problem> imported(Path folder) throws IOException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    SplitRule train = new SplitRule.All(Split.TRAIN);
    ProblemImport.of(Format.BBH, folder, new ImportSettings(train, 0, null, null, false))
        .run(problems::add);
    return problems;
  }

  private static Map<String, String> environment(String brokers, String teacher, Path pack) {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        brokers,
        "EDIT_GENERATOR_TEACHER_URL",
        teacher,
        "EDIT_GENERATOR_TEACHER_MODEL",
        "replayed",
        "EDIT_GENERATOR_ATTEMPTS_ANNOTATE",
        "1",
        "EDIT_GENERATOR_PATIENCE",
        "PT1S",
        "EDIT_GENERATOR_PROMPT_PACK",
        pack.toString());
  }

  /** Right, wrong and unanswered by recorded task; unrecorded tasks have none. */
  private static Map<String, Sizes> sizes(TopicReader reader) {
    Map<String, Sizes> sizes = new TreeMap<>();
    cots(reader, Topics.RIGHT_COTS)
        .forEach(cot -> sizes.merge(cot.problem().task(), new Sizes(1, 0, 0), Sizes::plus));
    cots(reader, Topics.WRONG_COTS)
        .forEach(cot -> sizes.merge(cot.problem().task(), new Sizes(0, 1, 0), Sizes::plus));
    dead(reader)
        .filter(dead -> dead.reason().equals("teacher-no-answer"))
        .forEach(dead -> sizes.merge(dead.id().split("/")[1], new Sizes(0, 1, 1), Sizes::plus));
    return sizes;
  }

  private static void assertEnds(
      List<Problem> problems, Replay replay, TopicReader reader, double seconds, int calls) {
    List<DualCot> duals = read(reader, Topics.DUAL_COTS, DualCot.class).toList();
    Map<String, Long> reasons =
        dead(reader)
            .collect(
                Collectors.groupingBy(
                    dead -> dead.stage() + " " + dead.reason(),
                    TreeMap::new,
                    Collectors.counting()));
    Map<String, Integer> ends = new HashMap<>();
    duals.forEach(dual -> ends.merge(dual.key(), 1, Integer::sum));
    dead(reader).forEach(dead -> ends.merge(dead.id(), 1, Integer::sum));
    System.out.printf(
        "replay: %d questions = %d accepted + dead letters %s, %d calls in %.1f s%n",
        problems.size(), duals.size(), reasons, calls, seconds);

    assertThat(ends.keySet())
        .containsExactlyInAnyOrderElementsOf(problems.stream().map(Problem::id).toList());
    assertThat(ends.values()).as("exactly once").containsOnly(1);
    Sizes all = replay.published().values().stream().reduce(new Sizes(0, 0, 0), Sizes::plus);
    assertThat(duals.stream().filter(dual -> dual.origin() == Origin.CORRUPTED))
        .hasSize((int) all.right());
    assertThat(duals.stream().filter(dual -> dual.origin() == Origin.RECTIFIED))
        .as("every wrong text with an answer has its counterpart along the same path")
        .hasSize((int) (all.wrong() - all.unanswered()));
    assertThat(reasons)
        .isEqualTo(
            Map.of(
                "annotate teacher-no-answer",
                all.unanswered(),
                "annotate teacher-refused",
                problems.size() - all.right() - all.wrong()));
  }

  private static Stream<Cot> cots(TopicReader reader, String topic) {
    return read(reader, topic, Cot.class);
  }

  private static Stream<DeadLetter> dead(TopicReader reader) {
    return read(reader, Topics.DEAD_LETTERS, DeadLetter.class);
  }

  private static <T extends EventRecord> Stream<T> read(
      TopicReader reader, String topic, Class<T> type) {
    RecordCodec<T> codec = RecordCodec.of(type);
    return reader.read(topic).stream().map(item -> codec.decode(item.value()));
  }
}
