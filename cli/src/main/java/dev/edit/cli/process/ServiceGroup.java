package dev.edit.cli.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Services that live and end together. Closing it ends every process that any of them started: a
 * request to stop first, force after a grace period. Thread-safe.
 */
public final class ServiceGroup implements AutoCloseable {
  private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
  private final Duration grace;
  private final Map<String, String> environment;
  private boolean closed;

  /**
   * @param grace how long services may take to stop
   * @param environment variables of every service
   */
  public ServiceGroup(Duration grace, Map<String, String> environment) {
    this.grace = grace;
    this.environment = Map.copyOf(environment);
  }

  /** Starts a service; returns at once. */
  public synchronized ServiceProcess start(ServiceSpec spec) {
    if (closed) {
      throw new ServiceFailure("cannot start " + spec.name() + ": stopping");
    }
    Map<String, String> merged = new java.util.HashMap<>(environment);
    merged.putAll(spec.environment());
    ServiceProcess service =
        ServiceProcess.start(
            new ServiceSpec(
                spec.name(), spec.jar(), spec.port(), spec.javaOptions(), merged, spec.log()));
    services.add(service);
    return service;
  }

  /** Waits until every service is ready; the patience is for all together. */
  public void awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (ServiceProcess service : services) {
      long left = Math.max(1, deadline - System.nanoTime());
      service.awaitReady(Duration.ofNanos(left));
    }
  }

  /** Checks that every service still runs. */
  public void requireAlive() {
    services.forEach(ServiceProcess::requireAlive);
  }

  /** The services in the order of their start. */
  public List<ServiceProcess> services() {
    return List.copyOf(services);
  }

  /** The service of that name. */
  public ServiceProcess named(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no service is called " + name));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<ProcessHandle> handles = new ArrayList<>();
    for (ServiceProcess service : services) {
      handles.add(service.handle());
      service.handle().descendants().forEach(handles::add);
    }
    handles.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + grace.toNanos();
    for (ProcessHandle handle : handles) {
      if (!endsBefore(handle, deadline)) {
        handle.destroyForcibly();
      }
    }
  }

  private static boolean endsBefore(ProcessHandle handle, long deadline) {
    try {
      handle.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !handle.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
