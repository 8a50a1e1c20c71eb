package dev.edit.generator.config;

import dev.edit.generator.client.Backoff;
import dev.edit.generator.client.CachingTeacher;
import dev.edit.generator.client.DiskDraws;
import dev.edit.generator.client.DiskReplyStore;
import dev.edit.generator.client.DiskStore;
import dev.edit.generator.client.Endpoint;
import dev.edit.generator.client.HttpTeacher;
import dev.edit.generator.client.LimitedTeacher;
import dev.edit.generator.client.MeteredTeacher;
import dev.edit.generator.client.RetryingTeacher;
import dev.edit.generator.client.Scheduler;
import dev.edit.generator.config.GeneratorConfig.RetryConfig;
import dev.edit.generator.config.GeneratorConfig.TeacherConfig;
import dev.edit.generator.domain.dual.PathBounds;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.prompt.PromptPack;
import dev.edit.generator.domain.prompt.PromptSource;
import dev.edit.generator.domain.stage.Annotation;
import dev.edit.generator.domain.stage.Attempts;
import dev.edit.generator.domain.stage.Corruption;
import dev.edit.generator.domain.stage.Draws;
import dev.edit.generator.domain.stage.ExemplarPool;
import dev.edit.generator.domain.stage.Exemplars;
import dev.edit.generator.domain.stage.Rectification;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.messaging.StageLoops;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/** Puts the parts together. */
final class GeneratorBeans {
  private static final int HTTP_THREADS = 4;
  private static final String FAMILIES = "prompt-packs/families";
  private static final String BUILT_IN = "prompt-packs/built-in";

  private final GeneratorConfig config;

  GeneratorBeans(GeneratorConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  GeneratorMetrics metrics(MeterRegistry registry) {
    return new GeneratorMetrics(registry);
  }

  @Produces
  @Singleton
  Scheduler scheduler() {
    return new Scheduler();
  }

  void close(@Disposes Scheduler scheduler) {
    scheduler.close();
  }

  @Produces
  @Singleton
  Teaching teaching(Scheduler scheduler, GeneratorMetrics metrics) {
    TeacherConfig settings = config.teacher();
    ExecutorService threads = Executors.newFixedThreadPool(HTTP_THREADS, daemon());
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .executor(threads)
            .build();
    Endpoint endpoint =
        new Endpoint(settings.url(), settings.model(), settings.apiKey(), settings.timeout());
    Teacher teacher = new HttpTeacher(http, endpoint, scheduler, Clock.systemUTC());
    teacher = new MeteredTeacher(teacher, metrics);
    if (config.cache().isEmpty()) {
      return new Teaching(patient(teacher, scheduler), Draws.forgotten(), () -> {});
    }
    DiskStore disk = new DiskStore(config.cache().get());
    Teacher caching =
        new CachingTeacher(teacher, endpoint.model(), new DiskReplyStore(disk), metrics);
    return new Teaching(patient(caching, scheduler), new DiskDraws(disk), disk::close);
  }

  /**
   * The limit stands around the cache: a call keeps its place until its reply is on disk, so that a
   * kill loses no more than {@code concurrency} calls. Retries stand around the limit: waiting for
   * one takes no place.
   */
  private Teacher patient(Teacher teacher, Scheduler scheduler) {
    RetryConfig retry = config.teacher().retry();
    return new RetryingTeacher(
        new LimitedTeacher(teacher, config.concurrency()),
        retry.times(),
        backoff(retry),
        scheduler);
  }

  void close(@Disposes Teaching teaching) {
    teaching.close().run();
  }

  /** The teacher with everything around it, and what is remembered beside its replies. */
  record Teaching(Teacher teacher, Draws draws, Runnable close) {}

  @Produces
  @Singleton
  Prompts prompts() {
    PromptSource own =
        config
            .promptPack()
            .map(PromptSource::folder)
            .orElseGet(() -> PromptSource.resources(FAMILIES));
    return new Prompts(
        new PromptPack(own), new PromptBuilder(own, PromptSource.resources(BUILT_IN)));
  }

  /** The prompt pack in use and the prompts made of it. */
  record Prompts(PromptPack pack, PromptBuilder builder) {}

  @Produces
  @Singleton
  ExemplarPool pool() {
    return new ExemplarPool(Exemplars.COUNT, config.poolSize());
  }

  @Produces
  @Singleton
  Annotation annotation(Teaching teaching, Prompts prompts) {
    return new Annotation(
        prompts.pack(), prompts.builder(), attempts(teaching, config.attempts().annotate()));
  }

  @Produces
  @Singleton
  Rectification rectification(Teaching teaching, Prompts prompts) {
    return new Rectification(
        prompts.pack(), prompts.builder(), attempts(teaching, config.attempts().rectify()), path());
  }

  @Produces
  @Singleton
  Corruption corruption(
      Teaching teaching, Prompts prompts, ExemplarPool pool, Scheduler scheduler) {
    return new Corruption(
        prompts.pack(),
        prompts.builder(),
        attempts(teaching, config.attempts().corrupt()),
        new Exemplars(pool, config.patience(), scheduler, teaching.draws()),
        path());
  }

  private PathBounds path() {
    return new PathBounds(config.path().least(), config.path().most());
  }

  @Produces
  @Singleton
  StageLoops loops(
      KafkaClientService clients,
      KafkaAddress address,
      @Identifier("default-kafka-broker") Map<String, Object> defaults,
      GeneratorMetrics metrics,
      Scheduler scheduler) {
    Map<String, Object> kafka = new HashMap<>(defaults);
    kafka.put("bootstrap.servers", address.bootstrapServers());
    return new StageLoops(clients, kafka, config.instance(), metrics, scheduler);
  }

  private Attempts attempts(Teaching teaching, int most) {
    TeacherConfig settings = config.teacher();
    return new Attempts(
        teaching.teacher(),
        new Sampling(settings.temperature(), settings.topP(), settings.maxTokens()),
        config.attempts().temperatureStep(),
        most);
  }

  private static Backoff backoff(RetryConfig retry) {
    return new Backoff(
        retry.first(),
        retry.longest(),
        retry.retryAfterCap(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  private static ThreadFactory daemon() {
    return task -> {
      Thread thread = new Thread(task, "edit-generator-http");
      thread.setDaemon(true);
      return thread;
    };
  }
}
