package dev.edit.trainer.domain;

/** Text on the student's own tokens. */
public interface StudentText {

  /** Which tokenizer it is; records that another one cut into tokens are refused. */
  String fingerprint();

  /** The token ids of a prompt, with what the tokenizer puts in front of a text. */
  int[] prompt(String text);

  /** The tokens of a response, with nothing put in front and without EOS. */
  Tokens response(String text);

  /**
   * Tokens and where they begin.
   *
   * @param ids T token ids
   * @param starts the first UTF-16 unit of each, T long
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
  record Tokens(int[] ids, int[] starts) {}
}
