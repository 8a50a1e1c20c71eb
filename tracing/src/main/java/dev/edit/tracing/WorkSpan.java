package dev.edit.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/**
 * The span of the work on a run, in the run's trace. While it is open, what its thread sends about
 * the run hangs on it. Where nothing records spans, it is nothing.
 */
public final class WorkSpan implements AutoCloseable {
  private final Span span;
  private final Scope scope;

  private WorkSpan(Span span, Scope scope) {
    this.span = span;
    this.scope = scope;
  }

  /** Of the thread that calls; the same thread closes it. */
  public static WorkSpan open(String name, String run, int attempt) {
    return open(GlobalOpenTelemetry.get(), name, run, attempt);
  }

  @SuppressWarnings("MustBeClosedChecker") // Its owner closes it.
  static WorkSpan open(OpenTelemetry telemetry, String name, String run, int attempt) {
    Span span =
        telemetry
            .getTracer("dev.edit.tracing")
            .spanBuilder(name)
            .setParent(Context.root().with(Span.wrap(KeyTrace.ofRun(run))))
            .setAttribute("edit.run", run)
            .setAttribute("edit.attempt", attempt)
            .startSpan();
    return new WorkSpan(span, span.makeCurrent());
  }

  /** The work was not done. */
  public void failed(String why) {
    span.setStatus(StatusCode.ERROR, why);
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }
}
