package dev.edit.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * The trace of a key: the same in every process and on every topic, without anything being handed
 * on. All records of a problem have its id as their key, those of a run the run's id, alone or in
 * front of a slash; so a problem's trace holds every hop of it, replays included.
 */
final class KeyTrace {
  private static final Set<String> OF_RUNS =
      Set.of("edit.runs", "edit.run-events", "edit.checkpoints", "edit.evaluations");

  private KeyTrace() {}

  /** Whether a topic's records are about runs, not about problems. */
  static boolean isOfRuns(String topic) {
    return OF_RUNS.contains(topic);
  }

  /** The root that the key's first spans hang on; it is never exported itself. */
  static SpanContext root(String topic, String key) {
    return of(isOfRuns(topic) ? runOf(key) : key);
  }

  /** The root of a run's trace. */
  static SpanContext ofRun(String run) {
    return of(run);
  }

  private static SpanContext of(String id) {
    ByteBuffer digest = ByteBuffer.wrap(sha256(id));
    return SpanContext.createFromRemoteParent(
        TraceId.fromLongs(digest.getLong(), digest.getLong()),
        SpanId.fromLong(digest.getLong()),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  /** Checkpoints and evaluations add a stage or a benchmark to the run's id. */
  static String runOf(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
