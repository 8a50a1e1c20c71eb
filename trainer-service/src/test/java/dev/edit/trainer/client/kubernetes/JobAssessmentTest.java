package dev.edit.trainer.client.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.trainer.client.kubernetes.JobState.Kind;
import dev.edit.trainer.worker.WorkerExit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobAssessmentTest {
  private final Map<String, String> warnings = new HashMap<>();
  private String admission;
  private final Job job = Fixtures.job(Fixtures.run("edit-7"));
  private final JobAssessment assessment =
      new JobAssessment(
          new JobAssessment.Warnings() {
            @Override
            public Optional<String> of(HasMetadata object) {
              return Optional.ofNullable(warnings.get(object.getMetadata().getName()));
            }

            @Override
            public Optional<String> admission(Job asked) {
              return Optional.ofNullable(admission);
            }
          });

  private JobState of(Pod... pods) {
    return assessment.of(job, List.of(pods));
  }

  private static void assertWaits(JobState state, Kind kind, String... words) {
    assertThat(state)
        .isInstanceOfSatisfying(
            JobState.Waiting.class,
            waiting -> {
              assertThat(waiting.kind()).isEqualTo(kind);
              assertThat(waiting.message()).contains(words);
            });
  }

  private static void assertEnded(JobState state, String... words) {
    assertThat(state)
        .isInstanceOfSatisfying(
            JobState.Ended.class, ended -> assertThat(ended.message()).contains(words));
  }

  @Test
  void shouldSayNothingWhileAPodIsBeingMade() {
    assertThat(of()).isInstanceOf(JobState.Quiet.class);
    assertThat(of(Fixtures.pod(job, "p", "Pending").build())).isInstanceOf(JobState.Quiet.class);
  }

  @Test
  void shouldRepeatTheSchedulersReasonWhenNoNodeFits() {
    String reason = "0/3 nodes are available: 3 Insufficient nvidia.com/gpu.";

    assertWaits(of(Fixtures.unschedulable(job, reason)), Kind.NODE, "no node", reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ImagePullBackOff, IMAGE, cannot be pulled",
    "ErrImagePull, IMAGE, cannot be pulled",
    "InvalidImageName, IMAGE, not valid",
    "CreateContainerConfigError, CONTAINER, cannot start"
  })
  void shouldNameTheImageOrTheContainersFault(String reason, Kind kind, String words) {
    Pod pod = Fixtures.waiting(Fixtures.pod(job, "p", "Pending"), reason, "secret \"x\" not found");

    assertWaits(of(pod), kind, words, "secret \"x\" not found");
  }

  @Test
  void shouldNameTheQuotaThatKeepsThePodFromBeingMade() {
    warnings.put(job.getMetadata().getName(), "FailedCreate: exceeded quota: gpus");

    assertWaits(of(), Kind.QUOTA, "exceeded quota: gpus");
  }

  @Test
  void shouldNameTheVolumeThatCannotBeMounted() {
    warnings.put("p", "FailedMount: claim edit-students not found");

    assertWaits(
        of(Fixtures.pod(job, "p", "Pending").build()), Kind.VOLUME, "gpu-3", "edit-students");
  }

  @Test
  void shouldNameTheQueueWhileKueueHoldsTheJobBack() {
    Job queued =
        new JobBuilder(job)
            .editMetadata()
            .addToLabels(JobTemplate.QUEUE, "training")
            .endMetadata()
            .editSpec()
            .withSuspend(true)
            .endSpec()
            .build();
    admission = "couldn't assign flavors: insufficient quota for nvidia.com/gpu";

    assertWaits(assessment.of(queued, List.of()), Kind.QUEUE, "training", "insufficient quota");
  }

  @Test
  void shouldNameTheNodeWhenThePodRuns() {
    assertThat(of(Fixtures.pod(job, "p-1", "Running").build()))
        .isEqualTo(new JobState.Running("pod p-1 runs on node gpu-3"));
  }

  @Test
  void shouldSayThatMemoryWasShortAndThatItIsTriedAgain() {
    Pod pod = Fixtures.terminated(Fixtures.pod(job, "p-1", "Failed"), "OOMKilled", 137);

    assertWaits(of(pod), Kind.ANOTHER_TRY, "out of memory", "8Gi", "0 of 3 failures");
  }

  @Test
  void shouldTellAnExhaustedHeapFromAnInvalidRun() {
    Pod heap =
        Fixtures.terminated(
            Fixtures.pod(job, "p-1", "Failed"), "Error", WorkerExit.OUT_OF_MEMORY.code());
    Pod invalid =
        Fixtures.terminated(
            Fixtures.pod(job, "p-1", "Failed"), "Error", WorkerExit.INVALID_RUN.code());
    Job failed = Fixtures.ended(job, "Failed", "BackoffLimitExceeded", "reached", 4);

    assertWaits(of(heap), Kind.ANOTHER_TRY, "out of Java heap", "0 of 3 failures");
    assertThat(((JobState.Ended) assessment.of(failed, List.of(heap))).reason())
        .isEqualTo("out-of-memory");
    assertThat(((JobState.Ended) assessment.of(failed, List.of(invalid))).reason())
        .isEqualTo("invalid-run");
  }

  @ParameterizedTest
  @CsvSource({
    "PreemptionByScheduler, higher priority",
    "DeletionByTaintManager, gpu-3",
    "DeletionByPodGC, gone",
    "EvictionByEvictionAPI, drain",
    "TerminationByKubelet, evicted from node gpu-3"
  })
  void shouldSayWhatTookThePodAway(String reason, String words) {
    Pod running =
        Fixtures.condition(
            Fixtures.pod(job, "p-1", "Running"), "DisruptionTarget", "True", reason, "why");
    Pod failed =
        Fixtures.condition(
            Fixtures.pod(job, "p-1", "Failed"), "DisruptionTarget", "True", reason, "why");

    assertWaits(of(running), Kind.LOST_NODE, words, ": why");
    assertWaits(of(failed), Kind.ANOTHER_TRY, words, "tried again");
  }

  @Test
  void shouldSayThatANodeDoesNotAnswer() {
    Pod pod =
        Fixtures.condition(
            Fixtures.pod(job, "p-1", "Running"), "Ready", "Unknown", "NodeStatusUnknown", "");

    assertWaits(of(pod), Kind.LOST_NODE, "gpu-3", "does not answer");
  }

  @Test
  void shouldSayThatAPodWasEvictedForPressure() {
    Pod pod =
        Fixtures.pod(job, "p-1", "Failed")
            .editStatus()
            .withReason("Evicted")
            .withMessage("The node was low on resource: memory.")
            .endStatus()
            .build();

    assertWaits(of(pod), Kind.ANOTHER_TRY, "evicted from node gpu-3", "low on resource: memory");
  }

  @Test
  void shouldGiveTheLastPodsReasonWhenTheJobGivesUp() {
    Pod pod = Fixtures.terminated(Fixtures.pod(job, "p-4", "Failed"), "OOMKilled", 137);
    Job failed = Fixtures.ended(job, "Failed", "BackoffLimitExceeded", "reached", 4);

    assertEnded(
        assessment.of(failed, List.of(pod)), "4 failed pods", "out of memory", "kubectl logs");
  }

  @Test
  void shouldNameTheDeadline() {
    Job late = new JobBuilder(job).editSpec().withActiveDeadlineSeconds(60L).endSpec().build();
    Job failed = Fixtures.ended(late, "Failed", "DeadlineExceeded", "too long", 0);

    assertEnded(assessment.of(failed, List.of()), "deadline of 60 s");
  }

  @Test
  void shouldSayThatTheWorkerItselfGaveUp() {
    Pod pod = Fixtures.terminated(Fixtures.pod(job, "p-1", "Failed"), "Error", 9);
    Job failed = Fixtures.ended(job, "Failed", "PodFailurePolicy", "rule 0", 1);

    assertEnded(assessment.of(failed, List.of(pod)), "exit code 9", "its worker gave up");
  }

  @Test
  void shouldEndWhenTheJobCompletes() {
    assertEnded(
        assessment.of(Fixtures.ended(job, "Complete", null, null, 0), List.of()), "no result");
  }

  @Test
  void shouldLookAtTheNewestPod() {
    Pod old = Fixtures.terminated(Fixtures.pod(job, "p-1", "Failed"), "OOMKilled", 137);
    Pod young =
        Fixtures.pod(job, "p-0", "Running")
            .editMetadata()
            .withCreationTimestamp("2026-01-01T00:00:09Z")
            .endMetadata()
            .build();

    assertThat(of(young, old)).isInstanceOf(JobState.Running.class);
  }
}
