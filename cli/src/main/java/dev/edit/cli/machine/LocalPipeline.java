package dev.edit.cli.machine;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.process.ParentWatchJar;
import dev.edit.cli.process.ServiceGroup;
import dev.edit.cli.process.ServiceSpec;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A broker in this process with the pipeline's topics, and services in processes of their own.
 * Closing it stops whatever runs; that may happen on another thread at any moment.
 */
public final class LocalPipeline implements AutoCloseable {
  /** How long all services together may take to be ready; measured 10 s on two cores. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  /**
   * How long services may take to stop before they are killed, which costs nothing: what is not
   * committed is of no use any more.
   */
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  private final Workspace workspace;
  private final List<AutoCloseable> open = new ArrayList<>();
  private boolean closed;

  public LocalPipeline(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Refuses settings of access to Kafka: the clients would show credentials to a broker that knows
   * of none, and wait for it.
   *
   * @throws CommandFailure naming the settings
   */
  public static void requireNoAccess(Map<String, String> access) {
    if (!access.isEmpty()) {
      throw new CommandFailure(
          "the environment sets %s for Kafka clients; the broker of this command has neither encryption nor logins: unset KAFKA_SECURITY_*, KAFKA_SASL_* and KAFKA_SSL_*"
              .formatted(String.join(", ", access.keySet())));
    }
  }

  /**
   * Starts the broker and makes the topics.
   *
   * @param partitions of the topics that have a record a problem
   * @return what clients connect to
   */
  public String startBroker(int partitions) {
    EmbeddedKafka kafka = keep(EmbeddedKafka.start(workspace.kafka()));
    kafka.createTopics(PipelineTopics.dataPartitions(partitions));
    return kafka.bootstrapServers();
  }

  /** Starts services; they need not be ready when this returns. */
  public ServiceGroup startServices(List<ServiceSpec> specs) throws IOException {
    ServiceGroup services =
        keep(
            new ServiceGroup(
                STOP_GRACE,
                Map.of(
                    "JDK_JAVA_OPTIONS", ParentWatchJar.write(workspace.folder()).javaOptions())));
    specs.forEach(services::start);
    return services;
  }

  /** Waits until services are ready. */
  public static void awaitReady(ServiceGroup services) throws InterruptedException {
    services.awaitReady(START_PATIENCE);
  }

  /** Closes a resource together with the pipeline, before what was there already. */
  public synchronized <T extends AutoCloseable> T keep(T resource) {
    open.add(0, resource);
    if (closed) {
      throw new IllegalStateException("stopping");
    }
    return resource;
  }

  /** Whether anything is left to be stopped. */
  public synchronized boolean isOpen() {
    return !open.isEmpty();
  }

  /** Stops everything, the latest first, and waits for it. A second call does nothing. */
  @Override
  public void close() {
    List<AutoCloseable> resources;
    synchronized (this) {
      closed = true;
      resources = List.copyOf(open);
      open.clear();
    }
    RuntimeException failure = null;
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("while stopping: " + e, e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
