package dev.edit.evaluator.config;

import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.S3Settings;
import dev.edit.contracts.GroupMeans;
import dev.edit.contracts.Require;
import dev.edit.contracts.Topics;
import dev.edit.datasets.results.LmEvalResults;
import dev.edit.evaluator.client.CheckpointCopies;
import dev.edit.evaluator.client.EndpointRespondents;
import dev.edit.evaluator.client.TorchLimits;
import dev.edit.evaluator.client.TorchRespondents;
import dev.edit.evaluator.config.EvaluatorConfig.EndpointConfig;
import dev.edit.evaluator.config.EvaluatorConfig.PromptsConfig;
import dev.edit.evaluator.config.EvaluatorConfig.SelfConsistencyConfig;
import dev.edit.evaluator.domain.Attempts;
import dev.edit.evaluator.domain.Decoding;
import dev.edit.evaluator.domain.ExamPlan;
import dev.edit.evaluator.domain.Respondents;
import dev.edit.evaluator.domain.ResultFiles;
import dev.edit.evaluator.domain.prompt.PromptFiles;
import dev.edit.evaluator.messaging.Evaluator;
import dev.edit.evaluator.messaging.HeldOutDualLog;
import dev.edit.evaluator.messaging.KeyStepDiagnosis;
import dev.edit.evaluator.messaging.LogReader;
import dev.edit.evaluator.messaging.ProblemLog;
import dev.edit.evaluator.metrics.EvaluatorMetrics;
import dev.edit.openai.Backoff;
import dev.edit.openai.Endpoint;
import dev.edit.openai.OpenAiClient.Effort;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptSource;
import dev.edit.recordloop.KafkaClients;
import dev.edit.recordloop.RecordLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the evaluator out of the settings. */
public class EvaluatorBeans {
  private static final String GROUP = "edit-evaluator";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String THREADS = "edit.student.threads";

  @Produces
  @Singleton
  KafkaClients clients(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    return new KafkaClients(servers);
  }

  @Produces
  @Singleton
  EvaluatorMetrics metrics(MeterRegistry registry) {
    return new EvaluatorMetrics(registry);
  }

  @Produces
  @Singleton
  CheckpointCopies copies(EvaluatorConfig config) {
    S3Config s3 = config.s3();
    S3Settings settings =
        new S3Settings(
            s3.endpoint().orElse(null),
            s3.region().orElse(null),
            s3.pathStyle().orElse(s3.endpoint().isPresent()));
    return new CheckpointCopies(
        new Artifacts(settings, config.copies()), config.copiesSize().asLongValue());
  }

  void close(@Disposes CheckpointCopies copies) {
    copies.close();
  }

  @Produces
  @Singleton
  Evaluator evaluator(
      EvaluatorConfig config,
      KafkaClients clients,
      CheckpointCopies copies,
      EvaluatorMetrics metrics) {
    System.setProperty(THREADS, Integer.toString(config.threads()));
    LogReader reader = new LogReader(clients, config.patience());
    return new Evaluator(
        respondents(config, copies),
        new ProblemLog(reader, metrics),
        config.samples().map(folder -> new ResultFiles(folder, config.maxNewTokens())),
        plan(config),
        new KeyStepDiagnosis(
            new HeldOutDualLog(reader),
            Require.atLeast("edit.evaluator.most-duals", config.mostDuals(), 0)),
        metrics,
        Clock.systemUTC());
  }

  private static ExamPlan plan(EvaluatorConfig config) {
    Map<String, String> settings =
        Map.of(
            "maxNewTokens",
            Integer.toString(config.maxNewTokens()),
            "metric",
            "exact_match",
            "overall",
            GroupMeans.MICRO);
    return new ExamPlan(prompts(config.prompts()), attempts(config.selfConsistency()), settings);
  }

  private static Respondents respondents(EvaluatorConfig config, CheckpointCopies copies) {
    EndpointConfig endpoint = config.endpoint();
    if (endpoint.url().isEmpty()) {
      return new TorchRespondents(
          copies,
          new TorchLimits(
              config.maxNewTokens(),
              config.batchSize(),
              config.cacheMemory().asLongValue(),
              config.stopAtAnswer()));
    }
    return new EndpointRespondents(
        new Endpoint(
            Endpoint.requireUrl("edit.evaluator.endpoint.url", endpoint.url().get()),
            endpoint.model(),
            endpoint.apiKey().map(key -> new Endpoint.ApiKey("Authorization", key)),
            Map.of(),
            endpoint.timeout()),
        new Effort(
            Require.atLeast("edit.evaluator.endpoint.concurrency", endpoint.concurrency(), 1),
            Require.atLeast("edit.evaluator.endpoint.retries", endpoint.retries(), 0),
            Backoff.usual()),
        config.maxNewTokens());
  }

  private static List<Attempts> attempts(SelfConsistencyConfig vote) {
    Attempts greedy = Attempts.greedy(LmEvalResults.FILTER);
    if (Require.atLeast("edit.evaluator.self-consistency.samples", vote.samples(), 0) == 0) {
      return List.of(greedy);
    }
    Decoding decoding = new Decoding(vote.temperature(), vote.topP());
    return List.of(greedy, Attempts.selfConsistency(vote.samples(), decoding, vote.seed()));
  }

  private static PromptFiles prompts(PromptsConfig config) {
    return new PromptFiles(
        config.folder().map(PromptSource::folder).orElse(path -> Optional.empty()),
        PromptFiles.builtIn(),
        new PromptPack(
            config
                .pack()
                .map(PromptSource::folder)
                .orElseGet(() -> PromptSource.resources("prompt-packs/families"))),
        config.shots());
  }

  @Produces
  @Singleton
  RecordLoop loop(EvaluatorConfig config, KafkaClients clients, Evaluator evaluator) {
    return new RecordLoop(
        Topics.CHECKPOINTS,
        () -> clients.member(GROUP),
        () -> clients.transactional(GROUP + "-" + config.instance()),
        evaluator,
        PAUSE);
  }

  void start(@Observes StartupEvent event, RecordLoop loop) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event, RecordLoop loop) {
    loop.close();
  }
}
