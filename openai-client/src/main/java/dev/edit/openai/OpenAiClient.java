package dev.edit.openai;

import dev.edit.contracts.Require;
import dev.edit.openai.BoundedBody.TooLongException;
import dev.edit.openai.Reply.Malformed;
import dev.edit.openai.Reply.Refused;
import dev.edit.openai.Reply.Unavailable;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks an OpenAI-compatible API, so many prompts at once and no more. 408, 409, 429, 5xx, timeouts
 * and connection errors are asked again, so many times and no more; anything else is not.
 *
 * <p>The generator's teacher has a client of its own, without threads that wait and with rates,
 * budgets and a cache; this one is for callers that want a batch of answers and wait for them.
 */
public final class OpenAiClient implements AutoCloseable {
  private static final Set<Integer> PASSING = Set.of(408, 409, 429);

  /** A sample takes some kilobytes; nothing legitimate comes near this. */
  private static final int LONGEST_BODY = 16 << 20;

  private final Endpoint endpoint;
  private final int retries;
  private final Backoff backoff;
  private final Pause pause;
  private final HttpClient http;
  private final ExecutorService places;

  /** A prompt and how its answers are drawn. */
  public record Request(Prompt prompt, Sampling sampling) {}

  /** Takes a reply as it comes, on any thread. */
  @FunctionalInterface
  public interface Taker<T> {
    /**
     * What is made of a reply.
     *
     * @param index the request's place among those that were asked
     */
    T take(int index, Reply reply);
  }

  /** How a wait is waited. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration wait) throws InterruptedException;
  }

  /**
   * How hard a request is tried.
   *
   * @param concurrency requests at once
   * @param retries tries after the first
   * @param backoff the waits between them
   */
  public record Effort(int concurrency, int retries, Backoff backoff) {
    public Effort {
      Require.atLeast("concurrency", concurrency, 1);
      Require.atLeast("retries", retries, 0);
      Require.present("backoff", backoff);
    }
  }

  public OpenAiClient(Endpoint endpoint, Effort effort) {
    this(endpoint, effort, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
  }

  OpenAiClient(Endpoint endpoint, Effort effort, Pause pause) {
    this.endpoint = endpoint;
    this.retries = effort.retries();
    this.backoff = effort.backoff();
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(endpoint.timeout())
            .build();
    this.places =
        Executors.newFixedThreadPool(
            effort.concurrency(),
            task -> {
              Thread thread = new Thread(task, "openai-client");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Asks all of some requests and waits for the replies.
   *
   * @param take what is made of each reply, on any thread; where it throws, what has not been asked
   *     is given up
   * @return in the order of the requests
   */
  public <T> List<T> askAll(List<Request> requests, Function<Reply, T> take) {
    return askAll(requests, (index, reply) -> take.apply(reply));
  }

  /** The same for a caller that has to know which request a reply answers. */
  public <T> List<T> askAll(List<Request> requests, Taker<T> take) {
    ExecutorCompletionService<T> calls = new ExecutorCompletionService<>(places);
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      int index = i;
      Request request = requests.get(i);
      futures.add(calls.submit(() -> take.take(index, ask(request.prompt(), request.sampling()))));
    }
    try {
      for (int done = 0; done < futures.size(); done++) {
        // In the order in which they end, so that the first failure is heard at once.
        calls.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + endpoint + " was asked", e);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  /** Asks one prompt, again where that may help. */
  Reply ask(Prompt prompt, Sampling sampling) throws InterruptedException {
    for (int retry = 1; ; retry++) {
      Reply reply = once(prompt, sampling);
      if (!(reply instanceof Unavailable unavailable) || retry > retries) {
        return reply;
      }
      pause.of(backoff.before(retry, unavailable.retryAfter()));
    }
  }

  private Reply once(Prompt prompt, Sampling sampling) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resource(Wire.resource(prompt)))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    Wire.request(endpoint.model(), prompt, sampling)));
    endpoint.authorize(request);
    // The request's own timeout ends with the reply's head; this one covers the body as well.
    CompletableFuture<HttpResponse<byte[]>> call =
        http.sendAsync(request.build(), BoundedBody.upTo(LONGEST_BODY));
    try {
      return read(call.get(endpoint.timeout().toNanos(), TimeUnit.NANOSECONDS), prompt, sampling);
    } catch (TimeoutException e) {
      return unavailable("no reply within " + endpoint.timeout(), Optional.empty());
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } finally {
      call.cancel(true);
    }
  }

  private Reply read(HttpResponse<byte[]> response, Prompt prompt, Sampling sampling) {
    int status = response.statusCode();
    if (status == 200) {
      Reply reply = Wire.reply(response.body(), prompt, sampling);
      return reply instanceof Malformed m ? new Malformed(endpoint.redact(m.message())) : reply;
    }
    String message = Wire.error(response.body());
    return status >= 500 || PASSING.contains(status)
        ? unavailable(
            "HTTP status " + status + ": " + message,
            RetryAfter.read(response.headers(), Clock.systemUTC().instant()))
        : new Refused(status, endpoint.redact(message));
  }

  private Reply failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLongException) {
        return new Malformed(cause.getMessage());
      }
    }
    return unavailable(
        failure.getClass().getSimpleName() + ": " + failure.getMessage(), Optional.empty());
  }

  private Unavailable unavailable(String message, Optional<Duration> retryAfter) {
    return new Unavailable(endpoint.redact(message), retryAfter);
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    places.shutdownNow();
  }
}
