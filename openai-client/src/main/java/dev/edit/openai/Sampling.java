package dev.edit.openai;

import dev.edit.contracts.Require;
import java.util.OptionalLong;

/**
 * How answers are drawn.
 *
 * @param maxTokens longest answer in tokens
 * @param temperature 0 for the likeliest token each time
 * @param topP share of the probability that is drawn from, in (0, 1]
 * @param samples answers a prompt
 * @param seed makes draws repeatable where the endpoint honours it; empty to send none
 */
public record Sampling(
    int maxTokens, double temperature, double topP, int samples, OptionalLong seed) {
  private static final double MOST = 100;

  public Sampling {
    Require.atLeast("maxTokens", maxTokens, 1);
    Require.within("temperature", temperature, 0, MOST);
    Require.within("topP", topP, Double.MIN_NORMAL, 1);
    Require.atLeast("samples", samples, 1);
    Require.present("seed", seed);
  }

  /** One answer, the likeliest token each time. */
  public static Sampling greedy(int maxTokens) {
    return new Sampling(maxTokens, 0, 1, 1, OptionalLong.empty());
  }
}
