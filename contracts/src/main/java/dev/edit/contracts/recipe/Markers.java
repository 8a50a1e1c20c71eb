package dev.edit.contracts.recipe;

/**
 * What a recipe writes before a question, so that one question can ask for different things. Each
 * ends with a blank.
 */
public final class Markers {
  /** std-cot-dual and scott: a wrong chain of thought is wanted. */
  public static final String COUNTERFACTUAL = "[Counterfactual Reasoning] ";

  /** mt-cot: the answer alone is wanted. */
  public static final String ANSWER = "[Answer] ";

  /** sbs: the label alone is wanted. */
  public static final String LABEL = "[Label] ";

  /** sbs: the rationale without the label is wanted. */
  public static final String RATIONALE = "[Rationale] ";

  private Markers() {}
}
