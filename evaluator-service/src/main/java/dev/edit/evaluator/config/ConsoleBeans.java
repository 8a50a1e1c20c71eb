package dev.edit.evaluator.config;

import dev.edit.evaluator.config.EvaluatorConfig.ConsoleConfig;
import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.messaging.console.ConsoleFeed;
import dev.edit.evaluator.messaging.console.ConsumerLag;
import dev.edit.evaluator.messaging.console.DeadLetterReplay;
import dev.edit.evaluator.messaging.console.RecordLookup;
import dev.edit.evaluator.web.ConsoleAccess;
import dev.edit.evaluator.web.TeacherPrice;
import dev.edit.recordloop.KafkaClients;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the console out of the settings. */
public class ConsoleBeans {

  @Produces
  @Singleton
  ConsoleState state(EvaluatorConfig config) {
    ConsoleConfig console = config.console();
    return ConsoleState.empty(console.maxPairs(), console.maxRuns(), console.maxDeadLetters());
  }

  @Produces
  @Singleton
  ConsoleFeed feed(KafkaClients clients, ConsoleState state) {
    return new ConsoleFeed(clients, state);
  }

  @Produces
  @Singleton
  RecordLookup lookup(KafkaClients clients) {
    return new RecordLookup(clients);
  }

  @Produces
  @Singleton
  ConsumerLag lag(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    return new ConsumerLag(servers);
  }

  @Produces
  @Singleton
  DeadLetterReplay replay(RecordLookup lookup, KafkaClients clients) {
    return new DeadLetterReplay(lookup, clients);
  }

  @Produces
  @Singleton
  ConsoleAccess access(EvaluatorConfig config) {
    return new ConsoleAccess(config.console().token());
  }

  @Produces
  @Singleton
  Optional<TeacherPrice> price(EvaluatorConfig config) {
    ConsoleConfig console = config.console();
    return console.promptPrice().isEmpty() && console.completionPrice().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TeacherPrice(
                console.promptPrice().orElse(0.0), console.completionPrice().orElse(0.0)));
  }

  void start(@Observes StartupEvent event, EvaluatorConfig config, ConsoleFeed feed) {
    if (config.console().enabled()) {
      feed.start();
    }
  }

  void stop(
      @Observes ShutdownEvent event,
      ConsoleFeed feed,
      RecordLookup lookup,
      ConsumerLag lag,
      DeadLetterReplay replay) {
    feed.close();
    replay.close();
    lookup.close();
    lag.close();
  }
}
