package dev.edit.embeddedkafka;

import java.util.Optional;

/**
 * How large the embedded broker is.
 *
 * @param port the port on 127.0.0.1 that clients use; 0 takes a free one
 * @param segmentBytes size of a log segment; compaction never touches the newest segment of a
 *     partition
 * @param internalPartitions partitions of the topics that hold consumer offsets and transaction
 *     states
 * @param leastFreeBytes free space the data folder must have at the start
 * @param login what clients must show, by SASL/PLAIN without encryption; empty lets everybody in
 */
public record BrokerOptions(
    int port,
    int segmentBytes,
    int internalPartitions,
    long leastFreeBytes,
    Optional<BrokerLogin> login) {
  private static final int HIGHEST_PORT = 65_535;
  private static final int SMALLEST_SEGMENT = 1 << 20;

  public BrokerOptions {
    require("port", port, 0, HIGHEST_PORT);
    require("segmentBytes", segmentBytes, SMALLEST_SEGMENT, Integer.MAX_VALUE);
    require("internalPartitions", internalPartitions, 1, 1_000);
    require("leastFreeBytes", leastFreeBytes, 0, Long.MAX_VALUE);
  }

  /**
   * A free port, segments of 64 MiB, 4 internal partitions, at least 64 MiB of free space, no
   * login.
   */
  public static BrokerOptions defaults() {
    return new BrokerOptions(0, 64 << 20, 4, 64L << 20, Optional.empty());
  }

  /** The same with another port. */
  public BrokerOptions withPort(int newPort) {
    return new BrokerOptions(newPort, segmentBytes, internalPartitions, leastFreeBytes, login);
  }

  /** The same with another bound on free space. */
  public BrokerOptions withLeastFreeBytes(long bytes) {
    return new BrokerOptions(port, segmentBytes, internalPartitions, bytes, login);
  }

  /** The same for clients that show a login only. */
  public BrokerOptions withLogin(BrokerLogin wanted) {
    return new BrokerOptions(
        port, segmentBytes, internalPartitions, leastFreeBytes, Optional.of(wanted));
  }

  private static void require(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: expected %d to %d, got %d".formatted(field, least, most, value));
    }
  }
}
