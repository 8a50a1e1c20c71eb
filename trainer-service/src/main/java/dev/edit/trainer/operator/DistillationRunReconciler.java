package dev.edit.trainer.operator;

import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
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
 * <p>The finalizer is on a resource only while its run is ordered and has not ended. A resource
 * that is deleted meanwhile has its run cancelled first and is held until the run's end was told;
 * every other one goes at once, with or without a dispatcher.
 */
@ControllerConfiguration(
    name = DistillationRunReconciler.NAME,
    informer = @Informer,
    triggerReconcilerOnAllEvents = true)
public final class DistillationRunReconciler implements Reconciler<DistillationRun> {
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
    if (context.isPrimaryResourceDeleted()) {
      return UpdateControl.noUpdate();
    }
    if (resource.isMarkedForDeletion()) {
      return leave(resource, context);
    }
    DistillationRunStatus status = settle(resource, context);
    if (Objects.equals(status, resource.getStatus())) {
      return UpdateControl.noUpdate();
    }
    events.tell(resource, status);
    resource.setStatus(status);
    return UpdateControl.patchStatus(resource);
  }

  private UpdateControl<DistillationRun> leave(
      DistillationRun resource, Context<DistillationRun> context) {
    if (!resource.hasFinalizer(FINALIZER)) {
      return UpdateControl.noUpdate();
    }
    if (!cancel(resource)) {
      PrimaryUpdateAndCacheUtils.removeFinalizer(context, FINALIZER);
      return UpdateControl.noUpdate();
    }
    return UpdateControl.<DistillationRun>noUpdate().rescheduleAfter(SOON);
  }

  /** Whether there is a run whose end has to be waited for. */
  private boolean cancel(DistillationRun resource) {
    RunSight sight = board.sight(resource.getMetadata().getName());
    Run run = sight.run();
    if (run == null || sight.isOver() || isForeign(resource, run)) {
      return false;
    }
    if (!run.wantsCancel()) {
      board.order(run.withOrder(new Order(run.epoch(), Desired.CANCELLED)));
    }
    return true;
  }

  private DistillationRunStatus settle(DistillationRun resource, Context<DistillationRun> context) {
    RunSight sight = board.sight(resource.getMetadata().getName());
    RunPlanner.Plan plan = plan(resource, sight.run());
    if (plan instanceof RunPlanner.Plan.Refuse refusal) {
      PrimaryUpdateAndCacheUtils.removeFinalizer(context, FINALIZER);
      return writer.refused(resource, refusal.reason(), refusal.message());
    }
    if (plan instanceof RunPlanner.Plan.Publish publish) {
      RunSight ordered = sight.with(publish.run());
      hold(ordered, context);
      board.order(publish.run());
      return writer.told(resource, ordered);
    }
    hold(sight, context);
    return writer.told(resource, sight);
  }

  /** Comes before a run is ordered, so that no deletion can miss it. */
  private static void hold(RunSight sight, Context<DistillationRun> context) {
    if (sight.isOver()) {
      PrimaryUpdateAndCacheUtils.removeFinalizer(context, FINALIZER);
    } else {
      PrimaryUpdateAndCacheUtils.addFinalizer(context, FINALIZER);
    }
  }

  private RunPlanner.Plan plan(DistillationRun resource, Run there) {
    return RunPlanner.plan(resource, there, board::wholeDataset);
  }

  /** A run that was there before, under the same name, is not this resource's to cancel. */
  private boolean isForeign(DistillationRun resource, Run run) {
    return plan(resource, run) instanceof RunPlanner.Plan.Refuse;
  }
}
