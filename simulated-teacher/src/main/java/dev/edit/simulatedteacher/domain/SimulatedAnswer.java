package dev.edit.simulatedteacher.domain;

import java.util.Locale;

/**
 * What the simulated teacher says.
 *
 * @param text the chain of thought
 * @param outcome what it is
 */
public record SimulatedAnswer(String text, Outcome outcome) {

  /** What an answer is. */
  public enum Outcome {
    /** CEP, right. */
    RIGHT,
    /** CEP, with one mistake. */
    WRONG,
    /** AHP: right. */
    RECTIFIED,
    /** CCP: with one mistake. */
    CORRUPTED,
    /** MISTAKE: the mistake is known. */
    DIAGNOSED,
    /** The question is of no family, or the wrong response none of this teacher's. */
    UNKNOWN;

    /** The lower-case name, for metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
