package dev.edit.trainer;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.Recipe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dispatcher against a real broker, its workers real processes that train a tiny student. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
class TrainerIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = "edit.trainer.checkpoints")
  Path root;

  private TestLog log;

  @BeforeEach
  void open() {
    log = new TestLog(servers);
  }

  @Test
  void shouldTrainARunToItsLastCheckpointAndGiveTheSameBytesAgain() throws Exception {
    Path student = TinyStudent.write(root.resolveSibling("student"));
    log.publishKeySteps(TinyStudent.records(student, 40));
    log.send(Topics.RUNS, "poison", "not a run".getBytes(StandardCharsets.UTF_8));
    log.publish(log.run("first", student, 40, 10));
    log.publish(log.run("second", student, 40, 10));

    await().atMost(LONG).until(() -> log.end("second").isPresent());

    assertThat(log.states("first")).containsExactly(State.ACCEPTED, State.RUNNING, State.SUCCEEDED);
    List<Checkpoint> checkpoints = log.read(Topics.CHECKPOINTS, Checkpoint.class);
    List<Checkpoint> first = checkpoints.stream().filter(c -> c.run().equals("first")).toList();
    assertThat(first).extracting(Checkpoint::stage).containsExactly("sft", "krsl");
    assertThat(first).extracting(Checkpoint::last).containsExactly(false, true);
    Checkpoint last = first.get(1);
    assertThat(last.sha256()).isEqualTo(Sha256.of(Path.of(last.uri(), "model.safetensors")));
    assertThat(last.manifest().records()).isEqualTo(40);
    assertThat(last.manifest().offsets()).hasSize(2);
    Checkpoint second =
        checkpoints.stream().filter(c -> c.key().equals("second/krsl")).findFirst().orElseThrow();
    assertThat(second.sha256()).isEqualTo(last.sha256());
    assertThat(second.manifest().datasetSha256()).isEqualTo(last.manifest().datasetSha256());
    assertThat(log.read(Topics.DEAD_LETTERS, DeadLetter.class))
        .filteredOn(letter -> letter.stage().equals("dispatch"))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("not-json"));
    get("/q/metrics").then().statusCode(200).body(containsString("edit_trainer_runs_active"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                get("/q/metrics").then().body(containsString("edit_trainer_loss{stage=\"krsl\"")));
  }

  @Test
  void shouldTellFailureWhenTheStudentIsMissing() throws IOException {
    log.publish(log.run("no-student", Path.of("absent"), 1, 0));

    await().atMost(LONG).until(() -> log.end("no-student").isPresent());

    RunEvent end = log.end("no-student").orElseThrow();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.message()).contains("student: ", "absent", "expected a folder");
    assertThat(Files.readString(root.resolve("no-student").resolve("worker.log")))
        .contains("run no-student failed", "expected a folder");
  }

  @Test
  void shouldTellFailureWhenTheWorkerIsKilled() throws Exception {
    Path student = TinyStudent.write(root.resolveSibling("student-of-killed"));
    log.publishKeySteps(TinyStudent.records(student, 20));
    log.publish(log.run("killed", student, 1_000_000, 0));
    await().atMost(LONG).until(() -> log.states("killed").contains(State.RUNNING));

    worker("killed").orElseThrow().destroyForcibly();

    await().atMost(LONG).until(() -> log.end("killed").isPresent());
    RunEvent end = log.end("killed").orElseThrow();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.message())
        .contains("exit code 137", root.resolve("killed").resolve("worker.log").toString());
  }

  @Test
  void shouldTellFailureWhenTheRunDoesNotFitTogether() {
    Run shape = log.run("unfit", Path.of("absent"), 1, 5);
    Run unfit =
        new Run(
            "unfit",
            Recipe.DPO,
            shape.student(),
            shape.hyperparameters(),
            shape.dataset(),
            shape.seed());

    log.publish(unfit);

    await().atMost(LONG).until(() -> log.end("unfit").isPresent());
    RunEvent end = log.end("unfit").orElseThrow();
    assertThat(log.states("unfit")).containsExactly(State.FAILED);
    assertThat(end.reason()).isEqualTo("invalid-run");
    assertThat(end.message()).contains("'hyperparameters.dpo'", "a value", "the recipe is dpo");
  }

  @Test
  void shouldNotTrainAgainWhenARunIsPublishedTwice() {
    log.publish(log.run("twice", Path.of("absent"), 1, 0));
    await().atMost(LONG).until(() -> log.end("twice").isPresent());

    log.publish(log.run("twice", Path.of("absent"), 1, 0));
    log.publish(log.run("after-twice", Path.of("absent"), 1, 0));

    await().atMost(LONG).until(() -> log.end("after-twice").isPresent());
    assertThat(log.states("twice")).containsExactly(State.ACCEPTED, State.FAILED);
  }

  @Test
  void shouldAnswerHealthAndMetrics() {
    get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP")));
    get("/q/health/started").then().statusCode(200);
    get("/q/metrics").then().statusCode(200).body(containsString("edit_trainer_run_states_total"));
  }

  private Optional<ProcessHandle> worker(String run) throws IOException {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> commandLine(child.pid()).contains("--run\0" + run + "\0"))
        .findFirst();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException e) {
      return ""; // It ended in the meantime.
    }
  }
}
