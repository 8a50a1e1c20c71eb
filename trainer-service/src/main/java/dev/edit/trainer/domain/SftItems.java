package dev.edit.trainer.domain;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.recipe.Markers;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.SftView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one record gives the SFT stage of a recipe.
 *
 * <p>Prompts without a marker are the record's own token ids. A marker changes the text, so the
 * marked question is rendered as every prompt is and cut into tokens anew, by the student's
 * tokenizer.
 */
final class SftItems {
  private static final String ANSWER_PHRASE = "the answer is";
  private static final String ANSWER_SENTENCE = "Therefore, the answer is %s.";

  private final Recipe recipe;
  private final StudentText text;

  SftItems(Recipe recipe, StudentText text) {
    this.recipe = recipe;
    this.text = text;
  }

  /**
   * The items of a record; empty where the view does not read it.
   *
   * @param pair whether its pair is taken
   */
  List<Item> of(KeySteps record, boolean pair) {
    SftView view = recipe.sftView();
    boolean own = record.origin() == Origin.CORRUPTED;
    return switch (view) {
      case OWN_RIGHT, OWN_RIGHT_REPEATED -> own ? List.of(right(record)) : List.of();
      case ALL_RIGHT -> List.of(right(record));
      case BOTH_SIDES_MARKED -> pair ? List.of(right(record), markedWrong(record)) : List.of();
      case ANSWER_AND_COT -> own ? List.of(answerAndCot(record)) : List.of();
      case LABEL_AND_RATIONALE -> own ? List.of(labelAndRationale(record)) : List.of();
      case OWN_RIGHT_AND_COUNTERFACTUAL ->
          own
              ? Stream.concat(
                      Stream.of(right(record)),
                      pair ? Stream.of(counterfactual(record)) : Stream.empty())
                  .toList()
              : List.of();
    };
  }

  private static Item right(KeySteps record) {
    return Item.of(record.key(), Response.whole(record.promptIds(), record.right().ids()));
  }

  private Item markedWrong(KeySteps record) {
    int[] prompt = prompt(Markers.COUNTERFACTUAL, record);
    return Item.of(record.key(), Response.whole(prompt, record.wrong().ids()));
  }

  private Item answerAndCot(KeySteps record) {
    Response answer = Response.whole(prompt(Markers.ANSWER, record), answerSentence(record));
    Response cot = Response.whole(record.promptIds(), record.right().ids());
    return new Item(record.key(), List.of(cot, answer));
  }

  private Item labelAndRationale(KeySteps record) {
    Response label = Response.whole(prompt(Markers.LABEL, record), answerSentence(record));
    Response rationale = Response.whole(prompt(Markers.RATIONALE, record), rationale(record));
    return new Item(record.key(), List.of(rationale, label));
  }

  /** The wrong chain of thought is given; only what follows "the answer is" carries loss. */
  private Item counterfactual(KeySteps record) {
    KeySteps.Side wrong = record.wrong();
    int from = answerStart(record, wrong);
    boolean[] marks = new boolean[wrong.ids().length];
    Arrays.fill(marks, from, marks.length, true);
    return Item.of(
        record.key(), new Response(prompt(Markers.COUNTERFACTUAL, record), wrong.ids(), marks));
  }

  private int answerStart(KeySteps record, KeySteps.Side side) {
    StudentText.Tokens tokens = text.response(side.text());
    int[] withoutEnd = Arrays.copyOf(side.ids(), side.ids().length - 1);
    if (!Arrays.equals(tokens.ids(), withoutEnd)) {
      throw new InvalidRecordException(
          "wrong.ids of " + record.key(),
          Arrays.toString(side.ids()),
          "the tokens that the student's tokenizer makes of wrong.text, and EOS");
    }
    int phrase = side.text().indexOf(ANSWER_PHRASE);
    int answer = phrase < 0 ? side.text().length() : phrase + ANSWER_PHRASE.length();
    int from = 0;
    while (from < tokens.starts().length && tokens.starts()[from] < answer) {
      from++;
    }
    return from;
  }

  private int[] prompt(String marker, KeySteps record) {
    return text.prompt(StudentPrompt.render(marker + record.problem().question()));
  }

  private int[] answerSentence(KeySteps record) {
    return ended(text.response(ANSWER_SENTENCE.formatted(record.problem().answer())).ids(), record);
  }

  /** The chain of thought up to its answer sentence; the whole of it where nothing is before. */
  private int[] rationale(KeySteps record) {
    String whole = record.right().text();
    int phrase = whole.indexOf(ANSWER_PHRASE);
    int sentence =
        phrase < 0
            ? whole.length()
            : Math.max(
                    whole.lastIndexOf('\n', phrase),
                    Math.max(whole.lastIndexOf(". ", phrase), whole.lastIndexOf("? ", phrase)))
                + 1;
    String before = whole.substring(0, sentence).stripTrailing();
    return before.isBlank() ? record.right().ids() : ended(text.response(before).ids(), record);
  }

  /** With the EOS of the record's own right side behind. */
  private static int[] ended(int[] ids, KeySteps record) {
    int[] right = record.right().ids();
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = right[right.length - 1];
    return ended;
  }
}
