package dev.edit.generator.client;

import dev.edit.generator.client.BoundedBody.TooLongException;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import dev.edit.generator.domain.teacher.Teacher;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A teacher behind an OpenAI-compatible chat completions API: one HTTP call for each {@link #ask},
 * without a thread that waits for it. 408, 409, 429, 5xx, timeouts and connection errors are {@link
 * Reply.Unavailable}, every other status than 200 is {@link Reply.Refused}.
 */
public final class HttpTeacher implements Teacher {
  /** A chain of thought takes some kilobytes; nothing legitimate comes near this. */
  private static final int LONGEST_BODY = 1 << 20;

  private static final Set<Integer> PASSING = Set.of(408, 409, 429);

  private final HttpClient client;
  private final Endpoint endpoint;
  private final ChatFormat format;
  private final Scheduler scheduler;
  private final Clock clock;

  public HttpTeacher(HttpClient client, Endpoint endpoint, Scheduler scheduler, Clock clock) {
    this.client = client;
    this.endpoint = endpoint;
    this.format = new ChatFormat(endpoint.model());
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(endpoint.chatCompletions())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(format.request(request)));
    endpoint.apiKey().ifPresent(key -> http.header("Authorization", "Bearer " + key));
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(http.build(), BoundedBody.upTo(LONGEST_BODY));
    scheduler.limit(call, endpoint.timeout());
    return call.handle(
        (response, failure) -> failure == null ? read(response) : failed(unwrap(failure)));
  }

  private Reply read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 200) {
      return format.reply(response.body());
    }
    String message = endpoint.redact(format.error(response.body()));
    if (status >= 500 || PASSING.contains(status)) {
      return new Reply.Unavailable(
          "HTTP status " + status + ": " + message,
          RetryAfter.read(response.headers(), clock.instant()));
    }
    return new Reply.Refused(status, message);
  }

  private Reply failed(Throwable failure) {
    if (failure instanceof TooLongException) {
      return new Reply.Unusable(Flaw.OVERSIZE, failure.getMessage(), format.unknownUsage());
    }
    String message =
        failure instanceof CancellationException
            ? "no reply within " + endpoint.timeout()
            : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return new Reply.Unavailable(endpoint.redact(message), Optional.empty());
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause.getCause() instanceof TooLongException)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
