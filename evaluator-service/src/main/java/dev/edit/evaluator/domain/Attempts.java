package dev.edit.evaluator.domain;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.codec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How often and how a student is asked each problem.
 *
 * @param name the way of decoding, as evaluations tell it
 * @param filter how answers are taken from responses, by the name that lm-evaluation-harness gives
 * @param samples responses per problem; more than one vote
 * @param decoding of each response
 * @param seed the draws follow from it, the problem's id and the sample's number
 */
public record Attempts(String name, String filter, int samples, Decoding decoding, long seed) {
  private static final String SELF_CONSISTENCY = "self-consistency";

  public Attempts {
    if (samples < 1) {
      throw new IllegalArgumentException("samples: expected at least 1, but was " + samples);
    }
    if (samples > 1 && !decoding.random()) {
      throw new IllegalArgumentException(
          "temperature: expected more than 0 for " + samples + " samples, which were all alike");
    }
  }

  /** One greedy response. */
  public static Attempts greedy(String filter) {
    return new Attempts(Evaluation.GREEDY, filter, 1, Decoding.GREEDY, 0);
  }

  /** A majority vote over samples. */
  public static Attempts selfConsistency(int samples, Decoding decoding, long seed) {
    return new Attempts(SELF_CONSISTENCY, "maj@" + samples, samples, decoding, seed);
  }

  /** The questions about one problem, a sample each; the same whatever else is asked. */
  List<Question> questions(String problem, String prompt) {
    return LongStream.range(0, samples)
        .mapToObj(sample -> new Question(prompt, seed(problem, sample)))
        .toList();
  }

  private long seed(String problem, long sample) {
    String place = seed + "/" + sample + "/" + problem;
    String digest = Sha256.of(place.getBytes(StandardCharsets.UTF_8));
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }

  /** What evaluations tell of it. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(Evaluation.DECODING, name);
    settings.put("filter", filter);
    if (decoding.random()) {
      settings.put("samples", Integer.toString(samples));
      settings.put("temperature", Double.toString(decoding.temperature()));
      settings.put("topP", Double.toString(decoding.topP()));
      settings.put("seed", Long.toString(seed));
    }
    return settings;
  }
}
