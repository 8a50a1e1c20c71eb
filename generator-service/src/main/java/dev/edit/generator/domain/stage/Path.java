package dev.edit.generator.domain.stage;

import dev.edit.generator.domain.dual.PathBounds;
import dev.edit.generator.domain.dual.PathSimilarity;

/** Tells a counterpart that follows the original's path from one that does not. */
record Path(PathBounds bounds) {

  /** The reading, if it found a text along the path of the original. */
  Reading<Conclusion> follows(String original, Reading<Conclusion> reading) {
    if (!(reading instanceof Reading.Found<Conclusion> found)) {
      return reading;
    }
    double similarity = PathSimilarity.of(original, found.value().text());
    return bounds.hold(similarity)
        ? reading
        : new Reading.Missing<>(
            Reason.NOT_SAME_PATH,
            "similarity to the original: expected from %s to %s, was %.3f"
                .formatted(bounds.least(), bounds.most(), similarity));
  }
}
