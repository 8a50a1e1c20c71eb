package dev.edit.contracts.recipe;

/** What follows SFT in a recipe. */
public enum SecondStage {
  /** Nothing. */
  NONE,
  /** Key reasoning step learning on D_dual. */
  KRSL,
  /** Direct preference optimization on D_dual: the right side is chosen, the wrong one rejected. */
  DPO
}
