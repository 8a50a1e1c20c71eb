package dev.edit.families;

import java.util.Locale;

/** What goes wrong in a mistaken step; each family says what it means there. */
public enum MistakeKind {
  /** The step does something else than the question asks for. */
  LOGICAL,
  /** The step rests on a false belief about the world. */
  KNOWLEDGE,
  /** The step does the right thing and gets a sum or a count wrong. */
  CALCULATION;

  /** The lower-case name that records carry. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
