package dev.edit.generator.client;

import dev.edit.generator.domain.stage.Draws;
import dev.edit.generator.domain.teacher.Demand;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import dev.edit.openai.Backoff;
import dev.edit.openai.Endpoint;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * The teacher with everything around it, from the outside in: cache, retries, limits (calls at
 * once, pace, budget), what keeps and books a reply, metrics, HTTP.
 *
 * <p>A kept reply needs no one's place; waiting for a retry takes none; and a call keeps its own
 * until its reply is kept, so that a kill loses no more than {@code concurrency} calls.
 */
public final class TeacherClient implements AutoCloseable {
  private static final int HTTP_THREADS = 4;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Settings settings;
  private final GeneratorMetrics metrics;
  private final Scheduler scheduler;
  private final Optional<TextStore> store;
  private final Optional<StoredReplies> replies;
  private final Ledger ledger;
  private final Budget budget;
  private final LimitedTeacher limited;

  /**
   * How a teacher is asked.
   *
   * @param concurrency calls at once
   * @param retries after the first try
   * @param budget how much may be spent, ever; absent parts are not limited
   */
  public record Settings(
      Target target, int concurrency, int retries, Waits waits, Rates rates, Money budget) {}

  /**
   * Where, and in which form.
   *
   * @param endpoint where
   * @param connectTimeout how long connecting may take
   */
  public record Target(Endpoint endpoint, Duration connectTimeout, Dialect dialect) {}

  /** The waits before retries: the first of our own, the longest, the longest asked for. */
  public record Waits(Duration first, Duration longest, Duration retryAfterCap) {}

  /** The account's limits, and the longest pause of the whole worker. */
  public record Rates(OptionalLong requests, OptionalLong tokens, Duration longestPause) {}

  /** Prices for a million tokens, and what may be spent in all: tokens, or billionths of money. */
  public record Money(Prices prices, OptionalLong tokens, OptionalLong costNanos) {
    boolean isLimited() {
      return tokens.isPresent() || costNanos.isPresent();
    }
  }

  /** One stage's way to the teacher, and whether it has room. */
  public record Line(Teacher teacher, Demand demand) {}

  /**
   * A client; nothing is called yet.
   *
   * @param workers how many share the account's limits at present
   * @param store keeps replies, draws and what was spent; a budget needs it
   */
  public TeacherClient(
      Settings settings,
      Optional<TextStore> store,
      IntSupplier workers,
      Scheduler scheduler,
      GeneratorMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.scheduler = scheduler;
    this.store = store;
    Endpoint endpoint = settings.target.endpoint;
    ReplyKey key = new ReplyKey(endpoint.model(), settings.target.dialect.toString());
    this.replies = store.map(kept -> new StoredReplies(kept, key));
    if (settings.budget.isLimited() && store.isEmpty()) {
      throw new IllegalStateException(
          "edit.generator.budget needs edit.generator.cache or edit.generator.shared-cache, where"
              + " what was spent survives a restart");
    }
    this.ledger = new Ledger(store);
    this.budget =
        new Budget(
            settings.budget.tokens, settings.budget.costNanos, settings.budget.prices, ledger);
    TokenEstimate estimate = new TokenEstimate();
    Pace pace = pace(workers);
    this.limited =
        new LimitedTeacher(
            booked(http(pace), estimate),
            settings.concurrency,
            Admission.all(List.of(budget, pace)),
            estimate,
            scheduler);
    watch();
    load();
  }

  private Pace pace(IntSupplier workers) {
    Pace.Limits limits =
        new Pace.Limits(
            settings.rates.requests,
            settings.rates.tokens,
            settings.rates.longestPause,
            settings.concurrency);
    return new Pace(limits, workers, metrics, System::nanoTime, Clock.systemUTC());
  }

  private Teacher http(Pace pace) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            HTTP_THREADS,
            task -> {
              Thread thread = new Thread(task, "edit-generator-http");
              thread.setDaemon(true);
              return thread;
            });
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.target.connectTimeout)
            .executor(threads)
            .build();
    return new MeteredTeacher(
        new HttpTeacher(
            http,
            settings.target.endpoint,
            settings.target.dialect,
            scheduler,
            Clock.systemUTC(),
            pace),
        metrics);
  }

  private Teacher booked(Teacher teacher, TokenEstimate estimate) {
    List<Book> books = new ArrayList<>();
    books.add(new Account(estimate, settings.budget.prices, ledger, metrics));
    replies.ifPresent(books::add);
    return new BookedTeacher(teacher, books, metrics);
  }

  private void watch() {
    metrics.watchWaiting(limited::waiting);
    if (settings.budget.tokens.isPresent()) {
      metrics.watchBudget("tokens", () -> budget.tokensLeft().orElseThrow());
    }
    if (settings.budget.costNanos.isPresent()) {
      metrics.watchBudget("currency", () -> budget.costNanosLeft().orElseThrow() / Prices.NANOS);
    }
  }

  /** Nothing is spent from a budget before it is known what was spent. */
  private void load() {
    ledger
        .load()
        .exceptionally(
            failure -> {
              metrics.cacheReadFailed();
              scheduler.of(AGAIN).thenRun(this::load);
              return null;
            });
  }

  /** A further way to the teacher. */
  public Line line() {
    LimitedTeacher.Lane lane = limited.lane();
    Backoff backoff =
        new Backoff(
            settings.waits.first,
            settings.waits.longest,
            settings.waits.retryAfterCap,
            () -> ThreadLocalRandom.current().nextDouble());
    Teacher patient = new RetryingTeacher(lane, settings.retries, backoff, scheduler, metrics);
    Teacher teacher =
        replies.<Teacher>map(kept -> new CachingTeacher(patient, kept, metrics)).orElse(patient);
    return new Line(teacher, lane);
  }

  /** What is remembered of exemplars, beside the replies. */
  public Draws draws() {
    return store.<Draws>map(StoredDraws::new).orElseGet(Draws::forgotten);
  }

  /** Whether calls wait because the budget is used up. */
  public boolean isBudgetExhausted() {
    return budget.isExhausted();
  }

  @Override
  public void close() {
    store.ifPresent(TextStore::close);
  }
}
