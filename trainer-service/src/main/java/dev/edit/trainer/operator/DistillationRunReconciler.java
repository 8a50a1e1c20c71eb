package dev.edit.trainer.operator;

import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Keeps edit.runs at what each DistillationRun wants and each status at what the topics tell. It
 * looks at where things stand and not at what has happened, so that it may be called at any time,
 * and a second call writes nothing.
 *
 * <p>A resource that is deleted while its run goes on has it cancelled first: the finalizer holds
 * the resource until the run's end was told.
 */
@ControllerConfiguration(
    name = DistillationRunReconciler.NAME,
    finalizerName = DistillationRunReconciler.FINALIZER,
    informer = @Informer)
public final class DistillationRunReconciler
    implements Reconciler<DistillationRun>, Cleaner<DistillationRun> {
  public static final String NAME = "distillationrun";
  public static final String FINALIZER = "edit.dev/cancel";
  private static final Duration SOON = Duration.ofSeconds(2);

  private final RunBoard board;
  private final StatusWriter writer;
  private final PhaseEvents events;
  private final RunNews news;

  /**
   * @param news calls for a look at the resources of which the topics tell something new
   */
  public DistillationRunReconciler(
      RunBoard board, PhaseEvents events, RunNews news, InstantSource clock) {
    this.board = board;
    this.events = events;
    this.news = news;
    this.writer = new StatusWriter(clock);
  }

  @Override
  public List<EventSource<?, DistillationRun>> prepareEventSources(
      EventSourceContext<DistillationRun> context) {
    return List.of(news);
  }

  @Override
  public UpdateControl<DistillationRun> reconcile(
      DistillationRun resource, Context<DistillationRun> context) {
    DistillationRunStatus status = settle(resource);
    if (Objects.equals(status, resource.getStatus())) {
      return UpdateControl.noUpdate();
    }
    events.tell(resource, status);
    resource.setStatus(status);
    return UpdateControl.patchStatus(resource);
  }

  @Override
  public DeleteControl cleanup(DistillationRun resource, Context<DistillationRun> context) {
    RunSight sight = board.sight(resource.getMetadata().getName());
    Run run = sight.run();
    if (run == null || sight.isOver() || isForeign(resource, run)) {
      return DeleteControl.defaultDelete();
    }
    if (!run.wantsCancel()) {
      board.order(run.withOrder(new Order(run.epoch(), Desired.CANCELLED)));
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON);
  }

  private DistillationRunStatus settle(DistillationRun resource) {
    RunSight sight = board.sight(resource.getMetadata().getName());
    RunPlanner.Plan plan = plan(resource, sight.run());
    if (plan instanceof RunPlanner.Plan.Refuse refusal) {
      return writer.refused(resource, refusal.reason(), refusal.message());
    }
    if (plan instanceof RunPlanner.Plan.Publish publish) {
      board.order(publish.run());
      return writer.told(resource, sight.with(publish.run()));
    }
    return writer.told(resource, sight);
  }

  private RunPlanner.Plan plan(DistillationRun resource, Run there) {
    return RunPlanner.plan(resource, there, board::wholeDataset);
  }

  /** A run that was there before, under the same name, is not this resource's to cancel. */
  private boolean isForeign(DistillationRun resource, Run run) {
    return plan(resource, run) instanceof RunPlanner.Plan.Refuse;
  }
}
