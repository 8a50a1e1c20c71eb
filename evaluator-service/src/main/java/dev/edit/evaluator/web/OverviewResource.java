package dev.edit.evaluator.web;

import dev.edit.contracts.RunEvent;
import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.domain.console.GroupLag;
import dev.edit.evaluator.domain.console.StageTotals.Totals;
import dev.edit.evaluator.messaging.console.ConsoleFeed;
import dev.edit.evaluator.messaging.console.ConsumerLag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/** The pipeline at a glance. */
@Path("/api/overview")
public class OverviewResource {
  private final ConsoleState state;
  private final ConsoleFeed feed;
  private final ConsumerLag lag;
  private final ConsoleAccess access;
  private final Optional<TeacherPrice> price;

  public OverviewResource(
      ConsoleState state,
      ConsoleFeed feed,
      ConsumerLag lag,
      ConsoleAccess access,
      Optional<TeacherPrice> price) {
    this.state = state;
    this.feed = feed;
    this.lag = lag;
    this.access = access;
    this.price = price;
  }

  /**
   * The pipeline at a glance.
   *
   * @param caughtUp whether the log was read to its end; until then the counts still grow
   * @param unreadable records that could not be read
   * @param totals how many problems stand where
   * @param cost of the teacher's tokens; null where no price is configured
   * @param pairs records in the browser
   * @param pairsLeftOut records that the browser has no room for
   * @param deadLetters records that ended without a result
   * @param runs how many runs stand where
   * @param lag how far each consumer group is behind
   * @param lagError why that is not known; null where it is
   * @param writable whether dead letters may be replayed with a token
   */
  public record Overview(
      boolean caughtUp,
      long unreadable,
      Totals totals,
      Double cost,
      int pairs,
      long pairsLeftOut,
      long deadLetters,
      Map<String, Integer> runs,
      List<GroupLag> lag,
      String lagError,
      boolean writable) {}

  @GET
  public Overview overview() {
    Totals totals = state.totals().totals();
    List<GroupLag> groups = List.of();
    String lagError = null;
    try {
      groups = lag.groups();
    } catch (KafkaException e) {
      lagError = e.getMessage();
    }
    return new Overview(
        feed.caughtUp(),
        feed.unreadable(),
        totals,
        price.map(p -> p.of(totals.promptTokens(), totals.completionTokens())).orElse(null),
        state.pairs().size(),
        state.pairs().leftOut(),
        state.deadLetters().total(),
        runs(),
        groups,
        lagError,
        access.writable());
  }

  private Map<String, Integer> runs() {
    Map<String, Integer> byState = new TreeMap<>();
    for (var card : state.runs().cards()) {
      RunEvent.State stands = card.state();
      byState.merge(stands == null ? "SUBMITTED" : stands.name(), 1, Integer::sum);
    }
    return byState;
  }
}
