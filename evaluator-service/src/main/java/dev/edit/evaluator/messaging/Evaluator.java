package dev.edit.evaluator.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.evaluator.domain.Attempts;
import dev.edit.evaluator.domain.Benchmark;
import dev.edit.evaluator.domain.ExamPlan;
import dev.edit.evaluator.domain.Examination;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.RespondentFailure;
import dev.edit.evaluator.domain.Respondents;
import dev.edit.evaluator.domain.ResultFiles;
import dev.edit.evaluator.domain.StoreAwayException;
import dev.edit.evaluator.domain.UnusableCheckpointException;
import dev.edit.evaluator.domain.prompt.BenchmarkPrompt;
import dev.edit.evaluator.metrics.EvaluatorMetrics;
import dev.edit.prompts.PromptPackException;
import dev.edit.recordloop.DeadLetters;
import dev.edit.recordloop.Output;
import dev.edit.recordloop.RecordLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What a record of edit.checkpoints gives: an evaluation a benchmark, nothing where the run goes
 * on, or a dead letter. The same record and problems give the same again.
 */
public final class Evaluator implements RecordLoop.Handler {
  private static final String STAGE = "evaluate";
  private static final Logger LOG = System.getLogger(Evaluator.class.getName());
  private static final RecordCodec<Checkpoint> CHECKPOINTS = RecordCodec.of(Checkpoint.class);

  private final Respondents respondents;
  private final ProblemLog problems;
  private final Optional<ResultFiles> files;
  private final ExamPlan plan;
  private final KeyStepDiagnosis keySteps;
  private final EvaluatorMetrics metrics;
  private final Clock clock;

  /**
   * @param files where figures and responses are written besides; empty for nowhere
   * @param plan how benchmarks are asked
   * @param keySteps what is looked at besides
   */
  public Evaluator(
      Respondents respondents,
      ProblemLog problems,
      Optional<ResultFiles> files,
      ExamPlan plan,
      KeyStepDiagnosis keySteps,
      EvaluatorMetrics metrics,
      Clock clock) {
    this.respondents = respondents;
    this.problems = problems;
    this.files = files;
    this.plan = plan;
    this.keySteps = keySteps;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.apache.kafka.common.KafkaException where the problems cannot be read now
   * @throws StoreAwayException where the checkpoint cannot be fetched now
   */
  @Override
  public RecordLoop.Outcome handle(ConsumerRecord<String, byte[]> record) {
    List<Output> outputs =
        record.value() == null
            ? List.of()
            : evaluate(record).stream().map(Evaluator::address).toList();
    return new RecordLoop.Outcome(
        outputs,
        () -> {
          if (outputs.stream().anyMatch(output -> output.topic().equals(Topics.EVALUATIONS))) {
            metrics.checkpoint();
          }
        });
  }

  private List<EventRecord> evaluate(ConsumerRecord<String, byte[]> record) {
    try {
      Checkpoint checkpoint = CHECKPOINTS.decode(record.value());
      return checkpoint.last() ? examine(checkpoint, record) : List.of();
    } catch (UnreadableRecordException e) {
      return List.of(refuse(record, e.reason().code(), e.getMessage()));
    } catch (UnusableCheckpointException e) {
      return List.of(refuse(record, "unusable-checkpoint", e.getMessage()));
    } catch (RespondentFailure e) {
      return List.of(refuse(record, e.reason(), e.getMessage()));
    } catch (PromptPackException e) {
      return List.of(refuse(record, "invalid-prompt-file", e.getMessage()));
    } catch (InvalidRecordException e) {
      return List.of(refuse(record, "invalid-benchmark", e.getMessage()));
    } catch (KafkaException | StoreAwayException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "evaluation failed: offset=" + record.offset(), e);
      return List.of(refuse(record, "evaluation-failed", e.toString()));
    }
  }

  private static Output address(EventRecord record) {
    if (record instanceof Evaluation evaluation) {
      return Output.of(Topics.EVALUATIONS, Evaluation.class, evaluation);
    }
    if (record instanceof DeadLetter letter) {
      return Output.of(Topics.DEAD_LETTERS, DeadLetter.class, letter);
    }
    throw new IllegalArgumentException("the evaluator writes no " + record.getClass().getName());
  }

  private List<EventRecord> examine(Checkpoint checkpoint, ConsumerRecord<String, byte[]> record) {
    List<Benchmark> benchmarks = Benchmark.of(problems.read());
    if (benchmarks.isEmpty()) {
      return List.of(
          refuse(record, "no-test-problems", "edit.problems holds no problem of the test split"));
    }
    List<Evaluation> evaluations = new ArrayList<>();
    Instant at = clock.instant();
    try (Respondent respondent = respondents.open(checkpoint)) {
      for (Benchmark benchmark : benchmarks) {
        for (Attempts way : plan.attempts()) {
          evaluations.add(evaluate(checkpoint, benchmark, respondent, way, at));
        }
      }
      keySteps.of(checkpoint, respondent).ifPresent(evaluations::add);
    }
    List<Evaluation> graded = evaluations.stream().filter(Evaluation::graded).toList();
    write(files -> files.writeResults(checkpoint, graded, at));
    return List.copyOf(evaluations);
  }

  private Evaluation evaluate(
      Checkpoint checkpoint, Benchmark benchmark, Respondent respondent, Attempts way, Instant at) {
    long from = System.nanoTime();
    BenchmarkPrompt prompt = plan.prompts().of(benchmark.name());
    Examination examination = Examination.hold(checkpoint, benchmark, prompt, respondent, way);
    Map<String, String> told = new TreeMap<>(plan.settings());
    told.putAll(prompt.settings(benchmark));
    told.putAll(respondent.settings());
    Evaluation evaluation = examination.evaluation(told);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    metrics.evaluation(evaluation, took);
    write(files -> files.writeSamples(examination, at));
    LOG.log(
        Level.INFO,
        "evaluated: run={0} benchmark={1} decoding={2} n={3} accuracy={4} millis={5}",
        checkpoint.run(),
        benchmark.name(),
        evaluation.decoding(),
        evaluation.overall().n(),
        evaluation.overall().accuracy(),
        took.toMillis());
    return evaluation;
  }

  private interface Writing {
    Object to(ResultFiles files) throws IOException;
  }

  /** Files are an extra: the evaluation stands although they could not be written. */
  private void write(Writing writing) {
    if (files.isEmpty()) {
      return;
    }
    try {
      writing.to(files.get());
    } catch (IOException e) {
      metrics.resultFileNotWritten();
      LOG.log(Level.ERROR, "result files not written", e);
    }
  }

  private DeadLetter refuse(ConsumerRecord<String, byte[]> record, String reason, String message) {
    metrics.deadLetter(reason);
    LOG.log(
        Level.WARNING,
        "checkpoint refused: partition={0} offset={1} reason={2}",
        record.partition(),
        record.offset(),
        reason);
    return DeadLetters.of(record, STAGE, reason, message);
  }
}
