package dev.edit.generator.client;

import dev.edit.contracts.Require;
import dev.edit.generator.domain.Delay;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Demand;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * At most so many calls at once, and each only when the {@link Admission} lets it out, without a
 * thread for those that wait. Who asks does so through a {@link Lane} of its own; free places go
 * round the lanes, so that one with thousands of requests keeps no other waiting.
 */
final class LimitedTeacher {
  /** Requests that may wait in a lane before it wants no more, for each place. */
  private static final double AHEAD = 0.5;

  private static final int LEAST_AHEAD = 16;

  private final Teacher teacher;
  private final int concurrency;
  private final int ahead;
  private final Admission admission;
  private final TokenEstimate estimate;
  private final Delay delay;
  private final List<Lane> lanes = new ArrayList<>();
  private int turn;
  private int running;
  private boolean draining;
  private boolean alarmed;

  LimitedTeacher(
      Teacher teacher, int concurrency, Admission admission, TokenEstimate estimate, Delay delay) {
    this.admission = admission;
    this.estimate = estimate;
    this.delay = delay;
    this.teacher = teacher;
    this.concurrency = Require.atLeast("edit.generator.concurrency", concurrency, 1);
    this.ahead = Math.max(LEAST_AHEAD, (int) (concurrency * AHEAD));
  }

  /** A further way in. */
  synchronized Lane lane() {
    Lane lane = new Lane();
    lanes.add(lane);
    return lane;
  }

  /** How many requests wait for their turn. */
  synchronized int waiting() {
    return lanes.stream().mapToInt(lane -> lane.queue.size()).sum();
  }

  private record Waiting(
      Lane lane, ChatRequest request, Estimate estimate, CompletableFuture<Reply> reply) {}

  /** One stage's way to the teacher: first come, first served. */
  final class Lane implements Teacher, Demand {
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int out;
    private boolean stopped;

    private Lane() {}

    @Override
    public CompletionStage<Reply> ask(ChatRequest request) {
      Waiting waiting = new Waiting(this, request, estimate.of(request), new CompletableFuture<>());
      synchronized (LimitedTeacher.this) {
        queue.add(waiting);
      }
      drain();
      return waiting.reply;
    }

    @Override
    public boolean wanted() {
      synchronized (LimitedTeacher.this) {
        return !stopped && queue.size() < ahead;
      }
    }

    @Override
    public boolean busy() {
      synchronized (LimitedTeacher.this) {
        return out > 0;
      }
    }

    @Override
    public void stop() {
      synchronized (LimitedTeacher.this) {
        stopped = true;
      }
    }
  }

  /** Starts calls while there is room; a loop, so that instant replies do not nest. */
  private void drain() {
    synchronized (this) {
      if (draining) {
        return;
      }
      draining = true;
    }
    for (Waiting next = next(); next != null; next = next()) {
      start(next);
    }
  }

  private synchronized Waiting next() {
    Waiting head = head();
    if (head == null || running >= admission.places(concurrency) || mustWait(head)) {
      draining = false;
      return null;
    }
    admission.admitted(head.estimate);
    turn = (lanes.indexOf(head.lane) + 1) % lanes.size();
    running++;
    head.lane.out++;
    return head.lane.queue.remove();
  }

  /** The oldest request of the lane whose turn it is, or of the next one that has any. */
  private Waiting head() {
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get((turn + i) % lanes.size());
      if (!lane.stopped && !lane.queue.isEmpty()) {
        return lane.queue.peek();
      }
    }
    return null;
  }

  private boolean mustWait(Waiting head) {
    Duration wait = admission.delay(head.estimate);
    if (wait.isZero()) {
      return false;
    }
    if (!alarmed) {
      alarmed = true;
      delay.of(wait).thenRun(this::ring);
    }
    return true;
  }

  private void ring() {
    synchronized (this) {
      alarmed = false;
    }
    drain();
  }

  private void start(Waiting waiting) {
    CompletionStage<Reply> call;
    try {
      call = teacher.ask(waiting.request);
    } catch (RuntimeException e) {
      call = CompletableFuture.failedStage(e);
    }
    call.whenComplete((reply, failure) -> end(waiting, reply, failure));
  }

  /** The reply is passed on first: a lane is busy until what follows from it is done. */
  private void end(Waiting waiting, Reply reply, Throwable failure) {
    try {
      if (failure == null) {
        waiting.reply.complete(reply);
      } else {
        waiting.reply.completeExceptionally(failure);
      }
    } finally {
      synchronized (this) {
        running--;
        waiting.lane.out--;
        admission.settled(waiting.estimate, reply);
      }
      drain();
    }
  }
}
