package dev.edit.generator.it;

import dev.edit.generator.it.ChatServer.Response;
import dev.edit.generator.it.SlowChats.Act;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * A teacher that fails at random, by a seed: one call in five meets a 429 with Retry-After, a 500,
 * a connection that is cut, a reply that never comes, or garbage. It knows how many faults it dealt
 * out.
 */
final class FaultyChats implements SlowChats.Plan {
  private static final double RATE = 0.2;
  private static final Duration QUICK = Duration.ofMillis(5);

  private final long seed;
  private final Duration never;
  private final Map<String, String> retryAfter;
  private final Map<Fault, Integer> dealt = new EnumMap<>(Fault.class);

  /** What may happen. */
  enum Fault {
    RATE_LIMIT,
    SERVER_ERROR,
    RESET,
    TIMEOUT,
    GARBAGE
  }

  FaultyChats(long seed, Duration never, Map<String, String> retryAfter) {
    this.seed = seed;
    this.never = never;
    this.retryAfter = retryAfter;
  }

  @Override
  public Act act(String prompt, int arrival) {
    Random random = new Random(seed ^ (31L * prompt.hashCode() + arrival) * 0x9E3779B97F4A7C15L);
    if (random.nextDouble() >= RATE) {
      return new Act(QUICK, ScriptedChats.reply(prompt, arrival));
    }
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    synchronized (dealt) {
      dealt.merge(fault, 1, Integer::sum);
    }
    return switch (fault) {
      case RATE_LIMIT -> new Act(QUICK, Response.error(429, retryAfter));
      case SERVER_ERROR -> new Act(QUICK, Response.error(500, Map.of()));
      case RESET -> new Act(QUICK, null);
      case TIMEOUT -> new Act(never, ScriptedChats.reply(prompt, arrival));
      case GARBAGE -> new Act(QUICK, garbage(random.nextInt(5)));
    };
  }

  private static Response garbage(int shape) {
    return switch (shape) {
      case 0 -> new Response(200, Map.of(), "<html>Bad Gateway</html>");
      case 1 -> new Response(200, Map.of(), "{\"choices\":[");
      case 2 -> Response.text("");
      case 3 -> Response.finished("Therefore, the ans", "length");
      default -> Response.text("Therefore, the answer is 1. Therefore, the answer is 2.");
    };
  }

  int dealt(Fault fault) {
    synchronized (dealt) {
      return dealt.getOrDefault(fault, 0);
    }
  }

  @Override
  public String toString() {
    synchronized (dealt) {
      return dealt.toString();
    }
  }
}
