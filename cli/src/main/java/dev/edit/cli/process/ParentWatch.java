package dev.edit.cli.process;

import java.util.Optional;

/**
 * A Java agent that ends its JVM when another process ends, so that a service never outlives the
 * command that started it, not even one that was killed.
 *
 * <p>The agent's argument is the other process's id. This class stands alone: it travels in a jar
 * of its own and must not refer to any other of the project.
 */
public final class ParentWatch {
  private static final long GRACE_MILLIS = 15_000;
  private static final int TERMINATED = 143;

  private ParentWatch() {}

  /** Called by the JVM before main. */
  public static void premain(String parent) {
    Thread watch = new Thread(() -> await(Long.parseLong(parent)), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void await(long parent) {
    Optional<ProcessHandle> handle = ProcessHandle.of(parent);
    handle.ifPresent(running -> running.onExit().join());
    Thread exit = new Thread(() -> System.exit(TERMINATED), "parent-watch-exit");
    exit.setDaemon(true);
    exit.start();
    try {
      exit.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(TERMINATED);
  }
}
