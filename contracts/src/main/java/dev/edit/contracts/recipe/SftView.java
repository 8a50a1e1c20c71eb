package dev.edit.contracts.recipe;

/**
 * What an SFT stage reads. D+ are the teacher's own right CoTs, D_merge+ those and the rectified
 * ones, D_dual the pairs (method, section 2).
 */
public enum SftView {
  /** D+. */
  OWN_RIGHT(false),
  /** D+, drawn again and again until there are as many CoTs as EDIT reads. */
  OWN_RIGHT_REPEATED(false),
  /** D_merge+. */
  ALL_RIGHT(false),
  /** Both sides of D_dual; a marker stands before the question of each wrong one. */
  BOTH_SIDES_MARKED(true),
  /** Of each CoT of D+ two tasks: the answer alone, and the CoT with its answer. */
  ANSWER_AND_COT(false),
  /** Of each CoT of D+ two tasks with a prefix each: the label, and the rationale without it. */
  LABEL_AND_RATIONALE(false),
  /** D+, and the corrupted CoTs of D_dual+, marked, from which the wrong answer is to follow. */
  OWN_RIGHT_AND_COUNTERFACTUAL(true);

  private final boolean duals;

  SftView(boolean duals) {
    this.duals = duals;
  }

  /** Whether wrong sides are read. */
  public boolean readsDuals() {
    return duals;
  }

  /** Whether each CoT gives two tasks, whose losses are weighed against each other. */
  public boolean multiTask() {
    return this == ANSWER_AND_COT || this == LABEL_AND_RATIONALE;
  }
}
