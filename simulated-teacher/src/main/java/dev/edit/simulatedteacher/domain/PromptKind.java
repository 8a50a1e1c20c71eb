package dev.edit.simulatedteacher.domain;

import java.util.Locale;

/** The prompts of the method (EDIT, section 2 and appendix A.6). */
public enum PromptKind {
  /** Asks for a chain of thought. */
  CEP,
  /** Asks for one that ends in the answer hinted at. */
  AHP,
  /** Asks for a wrong one beside a right one. */
  CCP,
  /** Asks what is wrong with a wrong one. */
  MISTAKE;

  /** The lower-case name, for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
