package dev.edit.datasets.reader;

import dev.edit.contracts.codec.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * An order that a seed draws: the same on every machine and in every version.
 *
 * @param seed the seed
 * @param scope what is ordered; another scope is another draw
 */
public record SeededRank(long seed, String scope) {

  /** A thing's place in the order, by comparison. */
  public String of(String thing) {
    return Sha256.of((seed + "\n" + scope + "\n" + thing).getBytes(StandardCharsets.UTF_8));
  }
}
