package dev.edit.aligner.domain;

/** Why a dual chain of thought gives no key-step record; {@link #code()} is stable. */
public enum Rejection {
  /** Both sides are the same text, or the same tokens. */
  IDENTICAL("identical"),
  /** The wrong side ends in the gold answer all the same. */
  ANSWER_NOT_DIFFERENT("answer-not-different"),
  /** The sides have too little in common to be one path with two conclusions. */
  NOT_DUAL("not-dual"),
  /** Prompt and response exceed what the student is trained on; nothing is ever cut. */
  TOO_LONG("too-long"),
  /** The text is not Unicode that a tokenizer could read. */
  NOT_TOKENIZABLE("not-tokenizable");

  private final String code;

  Rejection(String code) {
    this.code = code;
  }

  /** The code in dead letters and metrics. */
  public String code() {
    return code;
  }
}
