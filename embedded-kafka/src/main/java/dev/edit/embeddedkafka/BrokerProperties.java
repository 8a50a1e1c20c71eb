package dev.edit.embeddedkafka;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The broker's configuration: combined KRaft mode, one node, everything replicated once, few
 * threads and small buffers.
 */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String HOST = "127.0.0.1";

  private BrokerProperties() {}

  static Properties of(BrokerOptions options, Path dataFolder, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(NODE_ID));
    properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort));
    properties.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, port));
    properties.put("log.dirs", dataFolder.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");
    options.login().ifPresent(login -> putLogin(properties, login));
    putInternalTopics(properties, options);
    putSizes(properties, options);
    return properties;
  }

  private static void putLogin(Properties properties, BrokerLogin login) {
    properties.put(
        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN");
    properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    properties.put("listener.name.plaintext.plain.sasl.jaas.config", login.brokerJaas());
  }

  private static void putInternalTopics(Properties properties, BrokerOptions options) {
    String partitions = String.valueOf(options.internalPartitions());
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", partitions);
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", partitions);
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
  }

  private static void putSizes(Properties properties, BrokerOptions options) {
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    properties.put("background.threads", "2");
    properties.put("num.recovery.threads.per.data.dir", "1");
    properties.put("group.coordinator.threads", "1");
    properties.put("share.coordinator.threads", "1");
    properties.put("log.segment.bytes", String.valueOf(options.segmentBytes()));
    properties.put("log.index.size.max.bytes", String.valueOf(1 << 20));
    properties.put("log.cleaner.threads", "1");
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    properties.put("log.cleaner.io.buffer.size", String.valueOf(128 << 10));
    properties.put("offsets.topic.segment.bytes", String.valueOf(8 << 20));
    properties.put("transaction.state.log.segment.bytes", String.valueOf(8 << 20));
    properties.put("metadata.log.segment.bytes", String.valueOf(8 << 20));
  }
}
