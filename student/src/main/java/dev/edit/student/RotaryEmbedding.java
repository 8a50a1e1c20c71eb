package dev.edit.student;

/**
 * The rotary position embedding of a student.
 *
 * @param theta base of the frequencies
 * @param scaling how they are stretched
 */
public record RotaryEmbedding(double theta, RopeScaling scaling) {
  /** Checks the base; an error names the field. */
  public RotaryEmbedding {
    StudentConfig.check(
        theta > 0 && Double.isFinite(theta), "rope_theta", theta, "a positive number");
    StudentConfig.check(scaling != null, "rope_scaling", scaling, "a scaling, or none");
  }

  /** Frequencies of the base {@code theta}, without scaling. */
  public static RotaryEmbedding of(double theta) {
    return new RotaryEmbedding(theta, new RopeScaling.Unscaled());
  }
}
