package dev.edit.generator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Problem;
import dev.edit.contracts.TeacherUsage;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.generator.domain.stage.Outcome;
import dev.edit.generator.domain.stage.Reason;
import dev.edit.generator.domain.stage.Stage;
import dev.edit.generator.domain.stage.Stages;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class StageWorkTest {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);
  private static final RecordCodec<DeadLetter> DEAD_LETTERS = RecordCodec.of(DeadLetter.class);

  private static final int LARGEST = 2_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Result> results = new ArrayList<>();

  @Test
  void shouldIsolatePoisonWhenATopicHoldsSome() {
    byte[] good = PROBLEMS.encode(Stages.problem("good"));
    String json = new String(good, StandardCharsets.UTF_8);
    List<Output> outputs =
        process(
            problem -> CompletableFuture.completedStage(annotated(problem)),
            "not json".getBytes(StandardCharsets.UTF_8),
            json.replace("\"schemaVersion\":1", "\"schemaVersion\":9")
                .getBytes(StandardCharsets.UTF_8),
            json.replace("\"train\"", "\"trian\"").getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xff, 0},
            null,
            good);
    assertThat(outputs)
        .extracting(Output::topic)
        .containsExactly(
            Topics.DEAD_LETTERS,
            Topics.DEAD_LETTERS,
            Topics.DEAD_LETTERS,
            Topics.DEAD_LETTERS,
            Topics.RIGHT_COTS);
    assertThat(outputs.subList(0, 4))
        .extracting(output -> DEAD_LETTERS.decode(output.value()))
        .extracting(DeadLetter::reason)
        .containsExactly("not-json", "unsupported-schema-version", "invalid-field", "not-json");
    assertThat(DEAD_LETTERS.decode(outputs.get(1).value()))
        .satisfies(
            dead -> {
              assertThat(dead.id()).isEqualTo("edit.problems/0/1");
              assertThat(dead.record()).contains("\"schemaVersion\":9");
              assertThat(dead.pointer().offset()).isEqualTo(1);
            });
  }

  @Test
  void shouldKeepTheRecordOutOfTheDeadLetterWhenItIsNoText() {
    List<Output> outputs =
        process(
            problem -> CompletableFuture.completedStage(new Outcome.Skipped()),
            new byte[] {(byte) 0xff, 0});
    assertThat(DEAD_LETTERS.decode(outputs.get(0).value()).record()).isNull();
  }

  @Test
  void shouldDeadLetterTheRecordWhenTheStageItselfFails() {
    List<Output> outputs =
        process(
            problem -> {
              throw new IllegalStateException("fault");
            },
            PROBLEMS.encode(Stages.problem("good")));
    assertThat(DEAD_LETTERS.decode(outputs.get(0).value()))
        .satisfies(
            dead -> {
              assertThat(dead.id()).isEqualTo("good");
              assertThat(dead.reason()).isEqualTo("internal-error");
            });
  }

  @Test
  void shouldCarryReasonAndAttemptsWhenAStageGivesUp() {
    List<Output> outputs =
        process(
            problem ->
                CompletableFuture.completedStage(
                    new Outcome.GivenUp(problem.id(), Reason.TEACHER_EMPTY, "no text", 3)),
            PROBLEMS.encode(Stages.problem("good")));
    assertThat(DEAD_LETTERS.decode(outputs.get(0).value()))
        .satisfies(
            dead -> {
              assertThat(dead.reason()).isEqualTo("teacher-empty");
              assertThat(dead.attempts()).isEqualTo(3);
              assertThat(dead.stage()).isEqualTo("annotate");
            });
    assertThat(registry.find("edit.generator.dead.letters").counter())
        .as("not counted before it is committed")
        .isNull();
    results.get(0).tally().run();
    assertThat(
            registry
                .get("edit.generator.dead.letters")
                .tags("stage", "annotate", "reason", "teacher-empty")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void shouldDeadLetterWhatIsTooLargeToBeSent() {
    Problem small = Stages.problem("small");
    byte[] large = PROBLEMS.encode(asking(small, "?".repeat(LARGEST)));
    byte[] nearly = PROBLEMS.encode(asking(small, "?".repeat(LARGEST - 300)));
    List<String> asked = new ArrayList<>();
    List<Output> outputs =
        process(
            problem -> {
              asked.add(problem.question());
              return CompletableFuture.completedStage(
                  new Outcome.Annotated(
                      new Cot(
                          problem,
                          "x".repeat(problem.question().length() / 2) + ". The answer is 7.",
                          problem.answer(),
                          Cot.Verdict.RIGHT,
                          new TeacherUsage("m", 0, 0),
                          1)));
            },
            large,
            nearly,
            PROBLEMS.encode(small));
    assertThat(asked).as("what cannot be sent is not bought").hasSize(2);
    assertThat(outputs)
        .extracting(Output::topic)
        .containsExactly(Topics.DEAD_LETTERS, Topics.DEAD_LETTERS, Topics.RIGHT_COTS);
    assertThat(outputs.subList(0, 2))
        .extracting(output -> DEAD_LETTERS.decode(output.value()))
        .allSatisfy(
            dead -> {
              assertThat(dead.id()).isEqualTo("small");
              assertThat(dead.reason()).isEqualTo("too-large");
            })
        .extracting(dead -> dead.pointer().sha256())
        .containsExactly(Sha256.of(large), Sha256.of(nearly));
  }

  private static Problem asking(Problem problem, String question) {
    return new Problem(
        problem.id(),
        problem.task(),
        question,
        problem.answer(),
        problem.split(),
        problem.domain(),
        problem.source(),
        problem.canary());
  }

  @Test
  void shouldPublishNothingWhenTheStageSkips() {
    assertThat(
            process(
                problem -> CompletableFuture.completedStage(new Outcome.Skipped()),
                PROBLEMS.encode(Stages.problem("good"))))
        .isEmpty();
  }

  private static Outcome annotated(Problem problem) {
    return new Outcome.Annotated(Stages.right(problem.id()));
  }

  private List<Output> process(Stage<Problem> stage, byte[]... values) {
    StageWork<Problem> work =
        new StageWork<>("annotate", PROBLEMS, stage, LARGEST, new GeneratorMetrics(registry));
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Result result =
          work.of(new ConsumerRecord<>(Topics.PROBLEMS, 0, i, "key-" + i, values[i]))
              .toCompletableFuture()
              .join();
      result.output().ifPresent(outputs::add);
      results.add(result);
    }
    return outputs;
  }
}
