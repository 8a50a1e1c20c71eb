package dev.edit.evaluator.web;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.domain.console.DeadLetterBook.Entry;
import dev.edit.evaluator.domain.console.LogPlace;
import dev.edit.evaluator.messaging.console.DeadLetterReplay;
import dev.edit.evaluator.messaging.console.RecordLookup;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** The records that ended without a result; whoever has the token may send them in again. */
@Path("/api/dead-letters")
public class DeadLettersResource {
  private static final int LARGEST_PAGE = 100;

  private final ConsoleState state;
  private final RecordLookup lookup;
  private final DeadLetterReplay replay;
  private final ConsoleAccess access;

  public DeadLettersResource(
      ConsoleState state, RecordLookup lookup, DeadLetterReplay replay, ConsoleAccess access) {
    this.state = state;
    this.lookup = lookup;
    this.replay = replay;
    this.access = access;
  }

  /**
   * A page.
   *
   * @param total letters in all
   * @param counts by stage and reason
   * @param entries the page, newest first
   */
  public record Page(long total, Map<String, Map<String, Long>> counts, List<Entry> entries) {}

  /**
   * A record that was sent in again.
   *
   * @param topic where to
   */
  public record Replayed(String topic) {}

  @GET
  public Page page(
      @QueryParam("stage") String stage,
      @QueryParam("reason") String reason,
      @QueryParam("skip") @DefaultValue("0") int skip,
      @QueryParam("limit") @DefaultValue("25") int limit) {
    Parameters.within("skip", skip, 0, Integer.MAX_VALUE);
    Parameters.within("limit", limit, 1, LARGEST_PAGE);
    return new Page(
        state.deadLetters().total(),
        state.deadLetters().counts(),
        state
            .deadLetters()
            .entries(Parameters.optional(stage), Parameters.optional(reason), skip, limit));
  }

  @GET
  @Path("{partition}/{offset}")
  public DeadLetter letter(
      @PathParam("partition") int partition, @PathParam("offset") long offset) {
    return lookup
        .find(Topics.DEAD_LETTERS, place(partition, offset))
        .map(record -> RecordCodec.of(DeadLetter.class).decode(record.value()))
        .orElseThrow(() -> new NotFoundException("no letter lies there (any more)"));
  }

  @POST
  @Path("{partition}/{offset}/replay")
  public Replayed replay(
      @PathParam("partition") int partition,
      @PathParam("offset") long offset,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
    if (!access.writable()) {
      throw new ForbiddenException(
          "read-only: edit.evaluator.console.token is not set, so nothing can be replayed here");
    }
    if (!access.allows(authorization)) {
      throw new NotAuthorizedException(
          "authorization: expected the console's token",
          Response.status(Response.Status.UNAUTHORIZED)
              .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
              .build());
    }
    DeadLetterReplay.Result result = replay.replay(place(partition, offset));
    if (result instanceof DeadLetterReplay.Result.Replayed replayed) {
      return new Replayed(replayed.topic());
    }
    if (result instanceof DeadLetterReplay.Result.Refused refused) {
      throw new ClientErrorException(refused.why(), Response.Status.CONFLICT);
    }
    throw new NotFoundException("no letter lies there (any more)");
  }

  private static LogPlace place(int partition, long offset) {
    try {
      return new LogPlace(partition, offset);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
