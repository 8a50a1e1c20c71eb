package dev.edit.generator.config;

import dev.edit.contracts.Cot;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.generator.client.Scheduler;
import dev.edit.generator.client.Stores;
import dev.edit.generator.client.TeacherClient;
import dev.edit.generator.client.TeacherClient.Line;
import dev.edit.generator.config.GeneratorConfig.TeacherConfig;
import dev.edit.generator.domain.dual.PathBounds;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.stage.Annotation;
import dev.edit.generator.domain.stage.Attempts;
import dev.edit.generator.domain.stage.Corruption;
import dev.edit.generator.domain.stage.ExemplarPool;
import dev.edit.generator.domain.stage.Exemplars;
import dev.edit.generator.domain.stage.MistakeMining;
import dev.edit.generator.domain.stage.Rectification;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.messaging.Channels;
import dev.edit.generator.messaging.GroupWatch;
import dev.edit.generator.messaging.StageClients;
import dev.edit.generator.messaging.StageLoops;
import dev.edit.generator.messaging.StageReadiness;
import dev.edit.generator.metrics.GeneratorMetrics;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** Puts the parts together. */
final class GeneratorBeans {
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
  StageClients clients(
      KafkaAddress address, @Identifier("default-kafka-broker") Map<String, Object> defaults) {
    Map<String, Object> kafka = new HashMap<>(defaults);
    kafka.put("bootstrap.servers", address.bootstrapServers());
    return new StageClients(kafka);
  }

  @Produces
  @Singleton
  GroupWatch watch(StageClients clients, GeneratorMetrics metrics) {
    return new GroupWatch(clients, metrics);
  }

  void close(@Disposes GroupWatch watch) {
    watch.close();
  }

  @Produces
  @Singleton
  TeacherClient teacher(
      Scheduler scheduler, GroupWatch watch, Vertx vertx, GeneratorMetrics metrics) {
    return new TeacherClient(
        TeacherSettings.of(config),
        Stores.open(config.cache(), config.sharedCache(), vertx),
        () -> config.teacher().limits().workers().orElseGet(watch::workers),
        scheduler,
        metrics);
  }

  void close(@Disposes TeacherClient teacher) {
    teacher.close();
  }

  @Produces
  @Singleton
  StageReadiness.Funds funds(TeacherClient teacher) {
    return teacher::isBudgetExhausted;
  }

  @Produces
  @Singleton
  Lines lines(TeacherClient teacher) {
    return new Lines(teacher.line(), teacher.line(), teacher.line());
  }

  /** Each stage's way to the teacher. */
  record Lines(Line annotate, Line rectify, Line corrupt) {}

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
  Annotation annotation(Lines lines, Prompts prompts) {
    return new Annotation(
        prompts.pack(),
        prompts.builder(),
        attempts(lines.annotate(), config.attempts().annotate()));
  }

  @Produces
  @Singleton
  Rectification rectification(Lines lines, Prompts prompts, GeneratorMetrics metrics) {
    return new Rectification(
        prompts.pack(),
        prompts.builder(),
        attempts(lines.rectify(), config.attempts().rectify()),
        path(),
        mining(lines.rectify(), prompts, metrics));
  }

  @Produces
  @Singleton
  Corruption corruption(
      Lines lines,
      Prompts prompts,
      ExemplarPool pool,
      TeacherClient teacher,
      Scheduler scheduler,
      GeneratorMetrics metrics) {
    return new Corruption(
        prompts.pack(),
        prompts.builder(),
        attempts(lines.corrupt(), config.attempts().corrupt()),
        new Exemplars(pool, config.patience(), scheduler, teacher.draws()),
        path(),
        mining(lines.corrupt(), prompts, metrics));
  }

  private MistakeMining mining(Line line, Prompts prompts, GeneratorMetrics metrics) {
    return config.mistakes().enabled()
        ? MistakeMining.by(
            prompts.builder(), attempts(line, config.mistakes().attempts()), metrics::mistake)
        : MistakeMining.off();
  }

  private PathBounds path() {
    return new PathBounds(config.path().least(), config.path().most());
  }

  @Produces
  @Singleton
  StageLoops loops(
      StageClients clients,
      GroupWatch watch,
      GeneratorMetrics metrics,
      Lines lines,
      Stages stages) {
    var settings = new StageLoops.Settings(config.instance(), config.window(), config.grace());
    RecordCodec<Cot> cots = RecordCodec.of(Cot.class);
    return new StageLoops(clients, watch, settings, metrics)
        .with(
            Channels.ANNOTATE,
            Topics.PROBLEMS,
            RecordCodec.of(Problem.class),
            stages.annotation(),
            lines.annotate().demand())
        .with(
            Channels.RECTIFY,
            Topics.WRONG_COTS,
            cots,
            stages.rectification(),
            lines.rectify().demand())
        .with(
            Channels.CORRUPT,
            Topics.RIGHT_COTS,
            cots,
            stages.corruption(),
            lines.corrupt().demand());
  }

  @Produces
  @Singleton
  Stages stages(Annotation annotation, Rectification rectification, Corruption corruption) {
    return new Stages(annotation, rectification, corruption);
  }

  /** What the loops run. */
  record Stages(Annotation annotation, Rectification rectification, Corruption corruption) {}

  private Attempts attempts(Line line, int most) {
    TeacherConfig settings = config.teacher();
    return new Attempts(
        line.teacher(),
        new Sampling(settings.temperature(), settings.topP(), settings.maxTokens()),
        config.attempts().temperatureStep(),
        most);
  }
}
