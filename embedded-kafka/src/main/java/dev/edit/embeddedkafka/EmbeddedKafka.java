package dev.edit.embeddedkafka;

import dev.edit.contracts.Topics.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single-node Kafka broker in this JVM that listens on 127.0.0.1 only and keeps its data in a
 * folder: started again on the same folder, it still has everything that was acknowledged.
 *
 * <p>Faults that Kafka itself takes for fatal, such as a disk that fills up while it runs, end the
 * JVM.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final String FORMATTED = "meta.properties";
  private static final int ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final FolderLock lock;
  private final Optional<BrokerLogin> login;
  private boolean closed;

  private EmbeddedKafka(
      KafkaRaftServer server,
      String bootstrapServers,
      FolderLock lock,
      Optional<BrokerLogin> login) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.lock = lock;
    this.login = login;
  }

  /** Starts a broker with {@link BrokerOptions#defaults()}. */
  public static EmbeddedKafka start(Path dataFolder) {
    return start(dataFolder, BrokerOptions.defaults());
  }

  /**
   * Starts a broker; it serves requests when this returns.
   *
   * @param dataFolder where topics are kept; made where it is missing
   * @throws BrokerStartException if the folder cannot be written, has too little space or belongs
   *     to a running broker, or if the port is taken
   */
  public static EmbeddedKafka start(Path dataFolder, BrokerOptions options) {
    QuietBrokerLogs.apply();
    Path folder = dataFolder.toAbsolutePath().normalize();
    FolderLock lock = lockWritable(folder, options);
    EmbeddedKafka started = null;
    try {
      format(folder);
      started = startLocked(folder, options, lock);
      return started;
    } finally {
      if (started == null) {
        lock.close();
      }
    }
  }

  /** What clients connect to: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Creates the pipeline's topics where they are missing.
   *
   * @param partitionsOf the number of partitions of each topic, such as {@link
   *     PipelineTopics#dataPartitions}
   */
  public void createTopics(ToIntFunction<Topic> partitionsOf) {
    Map<String, Object> settings =
        new HashMap<>(login.map(BrokerLogin::clientSettings).orElse(Map.of()));
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      PipelineTopics.create(admin, partitionsOf, (short) 1);
    }
  }

  /** Stops the broker and waits for it; its data stay. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.shutdown();
      server.awaitShutdown();
      lock.close();
    }
  }

  private static EmbeddedKafka startLocked(Path folder, BrokerOptions options, FolderLock lock) {
    BrokerStartException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = options.port() == 0 ? freePort() : options.port();
      requireFree(port);
      try {
        return startOn(folder, options, port, lock);
      } catch (BrokerStartException e) {
        last = e;
        if (!causedByTakenPort(e)) {
          throw e;
        }
      }
    }
    throw last;
  }

  private static EmbeddedKafka startOn(
      Path folder, BrokerOptions options, int port, FolderLock lock) {
    KafkaConfig config =
        new KafkaConfig(BrokerProperties.of(options, folder, port, freePort()), false);
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, BrokerProperties.HOST + ":" + port, lock, options.login());
    } catch (RuntimeException e) {
      if (server != null) {
        server.shutdown();
        server.awaitShutdown();
      }
      throw new BrokerStartException(
          "broker: cannot start on port %d with data folder %s: %s"
              .formatted(port, folder, rootMessage(e)),
          e);
    }
  }

  private static FolderLock lockWritable(Path folder, BrokerOptions options) {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, "probe", ".tmp");
      try {
        Files.write(probe, new byte[1 << 16]);
      } finally {
        Files.delete(probe);
      }
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < options.leastFreeBytes()) {
        throw new BrokerStartException(
            "dataFolder: expected at least %d bytes of free space in %s, got %d"
                .formatted(options.leastFreeBytes(), folder, free),
            null);
      }
      return FolderLock.take(folder);
    } catch (IOException e) {
      throw new BrokerStartException(
          "dataFolder: expected a folder that can be written, got %s: %s".formatted(folder, e), e);
    }
  }

  private static void format(Path folder) {
    if (Files.exists(folder.resolve(FORMATTED))) {
      return;
    }
    try {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerProperties.NODE_ID)
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(folder.toString())
          .addDirectory(folder.toString())
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (Exception e) {
      throw new BrokerStartException(
          "dataFolder: cannot format %s: %s".formatted(folder, rootMessage(e)), e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BrokerStartException("port: no free port on " + BrokerProperties.HOST, e);
    }
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new BrokerStartException(
          "port: expected a free port on %s, but %d is taken: %s"
              .formatted(BrokerProperties.HOST, port, e.getMessage()),
          e);
    }
  }

  private static boolean causedByTakenPort(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
