package dev.edit.trainer.worker;

import dev.edit.tokenizer.Encoding;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.trainer.domain.StudentText;

/** Text on the tokens of a student's own tokenizer, cut as the aligner cuts it. */
final class TokenizerText implements StudentText {
  private final Tokenizer tokenizer;

  TokenizerText(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public String fingerprint() {
    return tokenizer.fingerprint();
  }

  @Override
  public int[] prompt(String text) {
    return tokenizer.encode(text, true).ids();
  }

  @Override
  public Tokens response(String text) {
    Encoding encoding = tokenizer.encode(text, false);
    return new Tokens(encoding.ids(), encoding.charStart());
  }
}
