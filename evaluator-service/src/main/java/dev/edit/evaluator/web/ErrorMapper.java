package dev.edit.evaluator.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.apache.kafka.common.KafkaException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors as JSON: what was wrong, in one field. */
public class ErrorMapper {

  /**
   * An error.
   *
   * @param error for people
   */
  public record Problem(String error) {}

  @ServerExceptionMapper
  public Response refused(WebApplicationException e) {
    return Response.fromResponse(e.getResponse())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Problem(e.getMessage()))
        .build();
  }

  @ServerExceptionMapper
  public Response away(KafkaException e) {
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Problem("Kafka does not answer: " + e.getMessage()))
        .build();
  }
}
