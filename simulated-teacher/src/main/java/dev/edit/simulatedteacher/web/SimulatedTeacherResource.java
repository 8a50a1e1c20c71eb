package dev.edit.simulatedteacher.web;

import dev.edit.simulatedteacher.domain.ChatRequest;
import dev.edit.simulatedteacher.domain.Completion;
import dev.edit.simulatedteacher.domain.Fault;
import dev.edit.simulatedteacher.domain.Latency;
import dev.edit.simulatedteacher.domain.Prompt;
import dev.edit.simulatedteacher.domain.SimulatedCompletions;
import dev.edit.simulatedteacher.metrics.SimulatedTeacherMetrics;
import dev.edit.simulatedteacher.web.ChatResponses.ChatCompletion;
import dev.edit.simulatedteacher.web.ChatResponses.Choice;
import dev.edit.simulatedteacher.web.ChatResponses.ErrorBody;
import dev.edit.simulatedteacher.web.ChatResponses.ErrorDetail;
import dev.edit.simulatedteacher.web.ChatResponses.Message;
import dev.edit.simulatedteacher.web.ChatResponses.Model;
import dev.edit.simulatedteacher.web.ChatResponses.ModelList;
import dev.edit.simulatedteacher.web.ChatResponses.Usage;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /v1/chat/completions} and {@code GET /v1/models}. Every response carries {@code
 * x-simulated: true}. A request may ask for a fault with the header {@code x-simulate-fault} (see
 * {@link Fault#named}). Nothing blocks: a late answer holds no thread.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class SimulatedTeacherResource {
  private static final String FINGERPRINT = "simulated";
  private static final String NO_KIND = "none";

  private final SimulatedCompletions completions;
  private final Latency latency;
  private final RateLimitAnswer rateLimit;
  private final SimulatedTeacherMetrics metrics;

  @Inject
  SimulatedTeacherResource(
      SimulatedCompletions completions,
      Latency latency,
      RateLimitAnswer rateLimit,
      SimulatedTeacherMetrics metrics) {
    this.completions = completions;
    this.latency = latency;
    this.rateLimit = rateLimit;
    this.metrics = metrics;
  }

  /** Lists the one model there is. */
  @GET
  @Path("/models")
  public Uni<Response> models() {
    Model model = new Model(ChatRequestReader.MODEL, "model", 0, "simulated");
    return Uni.createFrom().item(simulated(200, new ModelList("list", List.of(model))).build());
  }

  /** Answers a chat. */
  @POST
  @Path("/chat/completions")
  public Uni<Response> complete(
      String body,
      @HeaderParam("x-simulate-fault") String wished,
      @Context HttpServerRequest exchange) {
    ChatRequest request;
    Optional<Fault> forced;
    try {
      request = ChatRequestReader.read(body);
      forced = forced(wished);
    } catch (BadRequestException e) {
      metrics.request(NO_KIND, "bad_request");
      return Uni.createFrom().item(badRequest(e));
    }
    Optional<Fault> fault = forced.or(() -> completions.passingFault(request));
    Duration late = latency.of(request);
    if (fault.isPresent() && fault.get() instanceof Fault.Delayed delayed) {
      late = late.plus(delayed.by());
    }
    fault.filter(Fault.Passing.class::isInstance).ifPresent(it -> metrics.fault(it.label()));
    return late.isZero()
        ? answer(request, fault, exchange)
        : Uni.createFrom()
            .voidItem()
            .onItem()
            .delayIt()
            .by(late)
            .chain(() -> answer(request, fault, exchange));
  }

  private static Optional<Fault> forced(String wished) {
    if (wished == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Fault.named(wished.strip()));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(400, e.getMessage(), "x-simulate-fault", "invalid_value");
    }
  }

  private Uni<Response> answer(
      ChatRequest request, Optional<Fault> fault, HttpServerRequest exchange) {
    String kind = Prompt.read(request.prompt()).kind().label();
    if (isA(fault, Fault.Reset.class) || isA(fault, Fault.NoReply.class)) {
      metrics.request(kind, fault.get().label());
      if (isA(fault, Fault.Reset.class)) {
        exchange.connection().close();
      }
      return Uni.createFrom().nothing();
    }
    if (isA(fault, Fault.RateLimited.class) || isA(fault, Fault.ServerError.class)) {
      metrics.request(kind, fault.get().label());
      Response failed = isA(fault, Fault.RateLimited.class) ? rateLimited() : serverError();
      return Uni.createFrom().item(failed);
    }
    Optional<Fault> lasting =
        fault.filter(Fault.Lasting.class::isInstance).or(() -> completions.lastingFault(request));
    lasting.ifPresent(it -> metrics.fault(it.label()));
    if (isA(lasting, Fault.Malformed.class)) {
      metrics.request(kind, lasting.get().label());
      return Uni.createFrom().item(malformed());
    }
    return Uni.createFrom().item(completed(request, kind, completions.complete(request, lasting)));
  }

  private static boolean isA(Optional<Fault> fault, Class<? extends Fault> type) {
    return fault.filter(type::isInstance).isPresent();
  }

  private Response completed(ChatRequest request, String kind, List<Completion> completed) {
    List<Choice> choices = new ArrayList<>();
    int pieces = 0;
    for (Completion completion : completed) {
      String finish = completion.truncated() ? "length" : "stop";
      Message message = new Message("assistant", completion.text());
      choices.add(new Choice(choices.size(), message, finish));
      pieces += completion.pieces();
    }
    metrics.request(kind, completed.get(0).label());
    metrics.tokens(request.promptPieces(), pieces);
    ChatCompletion body =
        new ChatCompletion(
            "simulated-" + UUID.randomUUID(),
            "chat.completion",
            Instant.now().getEpochSecond(),
            ChatRequestReader.MODEL,
            FINGERPRINT,
            choices,
            new Usage(request.promptPieces(), pieces, request.promptPieces() + pieces));
    return simulated(200, body).build();
  }

  private Response rateLimited() {
    String message = "This rate limit is simulated; retry after " + rateLimit.retryAfter();
    return error(429, new ErrorDetail(message, "requests", null, "rate_limit_exceeded"))
        .header("Retry-After", rateLimit.seconds())
        .header("retry-after-ms", rateLimit.retryAfter().toMillis())
        .build();
  }

  private static Response serverError() {
    String message = "This failure is simulated; the same request may succeed when it is retried";
    return error(500, new ErrorDetail(message, "server_error", null, null)).build();
  }

  private static Response malformed() {
    return simulated(200, "<html><body>This page is simulated</body></html>")
        .type(MediaType.TEXT_HTML)
        .build();
  }

  private static Response badRequest(BadRequestException e) {
    ErrorDetail detail =
        new ErrorDetail(e.getMessage(), "invalid_request_error", e.param(), e.code());
    return error(e.status(), detail).build();
  }

  private static ResponseBuilder error(int status, ErrorDetail detail) {
    return simulated(status, new ErrorBody(detail));
  }

  private static ResponseBuilder simulated(int status, Object body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .header("x-simulated", "true")
        .entity(body);
  }
}
