package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.Reply;
import java.time.Duration;
import java.util.List;

/**
 * Decides when a call may go out, beside the number of calls at once. {@link LimitedTeacher} asks
 * one call at a time: first {@link #delay}, and where that is zero {@link #admitted} at once.
 */
interface Admission {
  /** How long such a call has to wait; zero if it may go out now. Nothing is counted yet. */
  Duration delay(Estimate estimate);

  /** Such a call goes out. */
  void admitted(Estimate estimate);

  /** An admitted call came back; {@code null} for a fault of this program. */
  void settled(Estimate estimate, Reply reply);

  /** How many calls may be out at once, at most {@code most}. */
  default int places(int most) {
    return most;
  }

  /** A call goes out when all of them agree. */
  static Admission all(List<Admission> parts) {
    return new Admission() {
      @Override
      public Duration delay(Estimate estimate) {
        return parts.stream()
            .map(part -> part.delay(estimate))
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }

      @Override
      public void admitted(Estimate estimate) {
        parts.forEach(part -> part.admitted(estimate));
      }

      @Override
      public void settled(Estimate estimate, Reply reply) {
        parts.forEach(part -> part.settled(estimate, reply));
      }

      @Override
      public int places(int most) {
        return parts.stream().mapToInt(part -> part.places(most)).min().orElse(most);
      }
    };
  }
}
