package dev.edit.aligner.domain;

import dev.edit.contracts.StudentPrompt;
import dev.edit.tokenizer.Encoding;
import dev.edit.tokenizer.Tokenizer;

/**
 * How the student reads prompts and writes responses: its tokenizer and the token that ends a
 * response.
 */
public final class Student implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final int eosId;

  /**
   * A student.
   *
   * @param tokenizer closed with this
   * @param eosId the id of the end-of-sequence token
   * @throws IllegalArgumentException if the vocabulary has no such id
   */
  public Student(Tokenizer tokenizer, int eosId) {
    if (eosId < 0 || eosId >= tokenizer.vocabularySize()) {
      throw new IllegalArgumentException(
          "eos_token_id: expected 0 to %d, as the tokenizer has it, got %d"
              .formatted(tokenizer.vocabularySize() - 1, eosId));
    }
    this.tokenizer = tokenizer;
    this.eosId = eosId;
  }

  /** The tokenizer's fingerprint. */
  String fingerprint() {
    return tokenizer.fingerprint();
  }

  /** Token ids of a question's prompt, the tokenizer's own special tokens included. */
  int[] promptIds(String question) {
    return tokenizer.encode(StudentPrompt.render(question), true).ids();
  }

  /** A chain of thought as a response: no special tokens but EOS at the end. */
  Response response(String text) {
    Encoding encoding = tokenizer.encode(text, false);
    return new Response(text, encoding, eosId);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
