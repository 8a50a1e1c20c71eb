package dev.edit.student;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trains one student on several devices at once, a copy of it on each: a batch comes in parts,
 * every copy takes the gradients of some, the sum of all goes to all, and all take the same update
 * (data parallel training). On like devices the copies stay equal to the bit. With one copy it is a
 * {@link TrainingSession} and gives its bits.
 *
 * <p>Gradients are summed in Java's memory, which suits adapters: a step moves what is trained to
 * the host and back once for each device. How many devices there are changes the order of sums, so
 * runs on other numbers of devices agree but for rounding. Used by one thread.
 */
public final class ParallelTraining implements AutoCloseable {
  private final List<TrainingSession> sessions;
  private final ExecutorService threads;

  /**
   * @param copies of one student, with the same weights and adapter, on a device each; at least one
   * @param seed of the adapter's dropout; each copy draws its own
   */
  public ParallelTraining(List<Student> copies, OptimizerSettings settings, long seed) {
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("copies: expected at least one student, got none");
    }
    List<TrainingSession> opened = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      opened.add(new TrainingSession(copies.get(i), settings, seed + i));
    }
    sessions = List.copyOf(opened);
    threads =
        Executors.newFixedThreadPool(
            sessions.size(),
            task -> {
              Thread thread = new Thread(task, "training-copy");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many copies train together. */
  public int copies() {
    return sessions.size();
  }

  /**
   * One update on the sum of the parts' losses.
   *
   * @param parts of one batch, whose loss was normalised over all of it
   * @param beforePass is called before the copies set to work, each time; what it throws gives the
   *     step up
   * @throws ArithmeticException when the gradient is not finite; the weights are then as before
   */
  public StepResult step(
      List<? extends TrainingBatch> parts, double learningRate, Runnable beforePass) {
    if (parts.size() == 1 && sessions.size() == 1) {
      beforePass.run();
      return sessions.get(0).step(parts.get(0), learningRate);
    }
    for (int from = 0; from < parts.size(); from += sessions.size()) {
      beforePass.run();
      List<Callable<Double>> passes = new ArrayList<>();
      for (int i = 0; i < sessions.size() && from + i < parts.size(); i++) {
        TrainingSession session = sessions.get(i);
        TrainingBatch part = parts.get(from + i);
        passes.add(() -> session.accumulate(part));
      }
      together(passes);
    }
    TrainingSession.share(sessions);
    List<Callable<StepResult>> updates = new ArrayList<>();
    sessions.forEach(session -> updates.add(() -> session.apply(learningRate)));
    return together(updates).get(0);
  }

  /** A copy of the optimizer's state, which is the same for all copies. */
  public OptimizerState state() {
    return sessions.get(0).state();
  }

  /** All copies go on from {@code state}. */
  public void restore(OptimizerState state) {
    sessions.forEach(session -> session.restore(state));
  }

  private <T> List<T> together(List<Callable<T>> tasks) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a copy of the student failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a training step", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
