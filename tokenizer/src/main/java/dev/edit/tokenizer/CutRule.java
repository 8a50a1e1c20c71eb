package dev.edit.tokenizer;

import java.util.List;
import java.util.Optional;

/** Where a tokenizer cuts texts so that the parts can be tokenized one by one. */
sealed interface CutRule permits Pieces, BlankRule {

  /**
   * The tokens of the stretch [from, to) of an ASCII text, whatever stands around it but for the
   * character in front, where this rule {@link #looksBehind()}. The stretch starts where the text
   * does or at the blank behind a word, and ends where the text does or in front of such a blank.
   *
   * @return offsets from the start of the stretch; empty where its tokens depend on the rest
   */
  Optional<Encoding> tokens(String text, int from, int to);

  /**
   * The tokens of an ASCII text whose stretches do not all stand alone, if this rule knows them.
   */
  Optional<Encoding> whole(String text);

  /** Whether tokens can depend on the character in front of their stretch. */
  boolean looksBehind();

  /** Texts that are tokens of their own before anything is cut. */
  List<String> addedTokens();
}
