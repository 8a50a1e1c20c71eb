package dev.edit.generator.client;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.openai.BoundedBody;
import dev.edit.openai.BoundedBody.TooLongException;
import dev.edit.openai.Endpoint;
import dev.edit.openai.RetryAfter;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
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
 * A teacher behind an OpenAI-compatible API: one HTTP call for each {@link #ask}, without a thread
 * that waits for it. 408, 409, 429, 5xx, timeouts and connection errors are {@link
 * Reply.Unavailable}, every other status than 200 is {@link Reply.Refused}.
 */
final class HttpTeacher implements Teacher {
  /** A chain of thought takes some kilobytes; nothing legitimate comes near this. */
  private static final int LONGEST_BODY = 1 << 20;

  private static final Set<Integer> PASSING = Set.of(408, 409, 429);

  private final HttpClient client;
  private final Endpoint endpoint;
  private final Dialect dialect;
  private final RequestWriter writer;
  private final ReplyReader reader;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Listener listener;

  /** Hears every reply's status and headers before the call ends. */
  @FunctionalInterface
  interface Listener {
    void replied(int status, HttpHeaders headers);
  }

  HttpTeacher(
      HttpClient client,
      Endpoint endpoint,
      Dialect dialect,
      Scheduler scheduler,
      Clock clock,
      Listener listener) {
    this.client = client;
    this.endpoint = endpoint;
    this.dialect = dialect;
    this.writer = new RequestWriter(endpoint.model(), dialect);
    this.reader = new ReplyReader(endpoint.model(), dialect);
    this.scheduler = scheduler;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(endpoint.resource(dialect.style().resource()))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(writer.write(request)));
    endpoint.authorize(http);
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(http.build(), BoundedBody.upTo(LONGEST_BODY));
    scheduler.limit(call, endpoint.timeout());
    return call.handle(
        (response, failure) -> failure == null ? read(response) : failed(unwrap(failure)));
  }

  private Reply read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    listener.replied(status, response.headers());
    if (status == 200) {
      Reply reply = reader.read(response.body());
      return reply instanceof Reply.Unusable flawed
          ? unusable(flawed.flaw(), flawed.message(), flawed.usage())
          : reply;
    }
    String message = endpoint.redact(reader.error(response.body()));
    if (status >= 500 || PASSING.contains(status)) {
      return new Reply.Unavailable(
          "HTTP status " + status + ": " + message,
          RetryAfter.read(response.headers(), clock.instant()));
    }
    return reader.isFiltered(response.body())
        ? unusable(Flaw.FILTERED, message, reader.unknownUsage())
        : new Reply.Refused(status, message);
  }

  private Reply unusable(Flaw flaw, String message, TeacherUsage usage) {
    return new Reply.Unusable(flaw, endpoint.redact(message), usage);
  }

  private Reply failed(Throwable failure) {
    if (failure instanceof TooLongException) {
      return new Reply.Unusable(Flaw.OVERSIZE, failure.getMessage(), reader.unknownUsage());
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
