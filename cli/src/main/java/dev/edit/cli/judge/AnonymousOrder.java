package dev.edit.cli.judge;

import dev.edit.contracts.codec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * In which order a judge reads the students of a problem: drawn for each problem from a seed, so
 * that no student always comes first and the same seed asks the same.
 */
final class AnonymousOrder {
  private final long seed;

  AnonymousOrder(long seed) {
    this.seed = seed;
  }

  List<String> of(String problem, Collection<String> students) {
    return students.stream()
        .sorted(Comparator.comparing(student -> lot(problem, student)))
        .toList();
  }

  private String lot(String problem, String student) {
    String place = seed + "\0" + problem + "\0" + student;
    return Sha256.of(place.getBytes(StandardCharsets.UTF_8));
  }
}
