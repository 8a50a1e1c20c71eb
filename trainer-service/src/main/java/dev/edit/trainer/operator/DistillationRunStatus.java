package dev.edit.trainer.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Locale;

/**
 * What has become of it, for people: {@code kubectl get distillationruns} shows most of it.
 *
 * @param observedGeneration of the spec that this is about
 * @param phase where it stands
 * @param attempt the try that this is about
 * @param progress such as {@code krsl 40 %}; null before the first report
 * @param accuracy on the first benchmark; null before the evaluation
 * @param message what a person was told last; null where the phase says it all
 * @param checkpoint the last checkpoint's place; null before there is one
 * @param conditions Accepted, Placed and Succeeded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DistillationRunStatus(
    Long observedGeneration,
    Phase phase,
    Integer attempt,
    String progress,
    String accuracy,
    String message,
    String checkpoint,
    List<Condition> conditions) {
  /** Where a DistillationRun stands. */
  public enum Phase {
    /** Its run cannot be ordered; the message says why. */
    REFUSED,
    /** Its run is on edit.runs. */
    ORDERED,
    ACCEPTED,
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** As Kubernetes writes such words. */
    @JsonValue
    public String word() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }
}
