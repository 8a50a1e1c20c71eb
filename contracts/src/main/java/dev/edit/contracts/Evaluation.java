package dev.edit.contracts;

import dev.edit.contracts.recipe.Recipe;
import java.util.Map;

/**
 * A checkpoint's accuracy on a benchmark, decoded in one way.
 *
 * @param run the run
 * @param recipe its recipe
 * @param seed its seed
 * @param checkpoint SHA-256 of the weights
 * @param benchmark the benchmark's name, such as {@code in-domain}
 * @param domain in- or out-of-domain
 * @param overall over all problems, each counting once (micro average)
 * @param tasks the same per task
 * @param outcomes one character a problem in the order of their ids: 1 right, 0 wrong or
 *     unanswered; for paired comparison
 * @param problemsSha256 digest of the problems, ids in order: equal digests make outcomes
 *     comparable
 * @param config decoding and grading settings; {@link #DECODING} names the way of decoding
 * @param keySteps of the benchmark {@link #HELD_OUT_DUALS}, whose problems are pairs: one counts as
 *     right where the student finds the right side's key tokens likelier; absent for all others
 */
public record Evaluation(
    String run,
    Recipe recipe,
    long seed,
    String checkpoint,
    String benchmark,
    Problem.Domain domain,
    Score overall,
    Map<String, Score> tasks,
    String outcomes,
    String problemsSha256,
    Map<String, String> config,
    KeyStepFigures keySteps)
    implements EventRecord {
  /** The setting that names the way of decoding; absent where it is {@link #GREEDY}. */
  public static final String DECODING = "decoding";

  /** The most probable token at every place. */
  public static final String GREEDY = "greedy";

  /** The benchmark of the dual chains of thought that a run holds out. */
  public static final String HELD_OUT_DUALS = "held-out-duals";

  public Evaluation {
    Require.name("run", run);
    Require.present("recipe", recipe);
    Require.text("checkpoint", checkpoint);
    Require.name("benchmark", benchmark);
    Require.present("domain", domain);
    Require.present("overall", overall);
    Require.present("tasks", tasks);
    tasks = Map.copyOf(new java.util.TreeMap<>(tasks));
    Require.present("outcomes", outcomes);
    Require.text("problemsSha256", problemsSha256);
    Require.present("config", config);
    config = Map.copyOf(config);
    if (outcomes.length() != overall.n()) {
      throw new InvalidRecordException(
          "outcomes", outcomes.length() + " characters", overall.n() + ", one a problem");
    }
  }

  /** Whether answers were graded; otherwise {@link #keySteps} is there. */
  public boolean graded() {
    return keySteps == null;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Ways of decoding other than the greedy one have keys of their own: none takes another's
   * place.
   */
  @Override
  public String key() {
    String greedy = run + "/" + benchmark;
    return decoding().equals(GREEDY) ? greedy : greedy + "/" + decoding();
  }

  /**
   * What the figures are called where several stand side by side: the benchmark, and the way of
   * decoding where it is not the greedy one.
   */
  public String label() {
    return decoding().equals(GREEDY) ? benchmark : benchmark + " (" + decoding() + ")";
  }

  /** The way of decoding. */
  public String decoding() {
    return config.getOrDefault(DECODING, GREEDY);
  }

  /**
   * Exact match over n problems.
   *
   * @param accuracy share of right answers, in [0, 1]
   * @param stderr sample standard deviation / sqrt(n), in [0, 1]; 0 for n below 2
   * @param n problems
   * @param unanswered problems whose response held no answer
   * @param truncated problems with a response that ended by length; absent where it was not counted
   */
  public record Score(double accuracy, double stderr, int n, int unanswered, Integer truncated) {
    public Score {
      Require.within("accuracy", accuracy, 0, 1);
      Require.within("stderr", stderr, 0, 1);
      Require.atLeast("n", n, 0);
      Require.atLeast("unanswered", unanswered, 0);
      if (truncated != null) {
        Require.atLeast("truncated", truncated, 0);
      }
    }

    /**
     * The score of {@code right} right answers among {@code n}, {@code unanswered} of them without
     * an answer.
     */
    public static Score of(int right, int n, int unanswered) {
      return of(right, n, unanswered, null);
    }

    /** The same, {@code truncated} of them with a response that ended by length. */
    public static Score of(int right, int n, int unanswered, Integer truncated) {
      double accuracy = n == 0 ? 0 : (double) right / n;
      double stderr = n < 2 ? 0 : Math.sqrt(accuracy * (1 - accuracy) / (n - 1));
      return new Score(accuracy, stderr, n, unanswered, truncated);
    }
  }
}
