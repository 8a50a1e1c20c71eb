package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each recipe's SFT stage reads of the same records. */
class SftItemsTest {
  private static final String RIGHT = "One and one. Therefore, the answer is 2.";
  private static final String WRONG = "One and two. Therefore, the answer is 3 apples.";
  private static final KeySteps CORRUPTED = record("a", Origin.CORRUPTED, true);
  private static final KeySteps RECTIFIED = record("b", Origin.RECTIFIED, true);
  private static final KeySteps ALONE = record("c", Origin.CORRUPTED, false);
  private static final List<KeySteps> LOG = List.of(CORRUPTED, RECTIFIED, ALONE);

  private static KeySteps record(String id, Origin origin, boolean dual) {
    KeySteps shape =
        Samples.record(
            Samples.problem(id, "counting"), origin, side(RIGHT), dual ? side(WRONG) : null);
    return new KeySteps(
        shape.problem(),
        shape.tokenizer(),
        shape.rule(),
        Samples.TEXT.prompt(StudentPrompt.render(shape.problem().question())),
        shape.right(),
        shape.wrong(),
        shape.similarity(),
        shape.keyFraction(),
        origin,
        null);
  }

  private static KeySteps.Side side(String text) {
    return new KeySteps.Side(text, ended(text), new int[0][], new int[0][]);
  }

  private static int[] ended(String text) {
    int[] ids = Samples.TEXT.response(text).ids();
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = 3;
    return ended;
  }

  private static int[] prompt(String marker, KeySteps record) {
    return Samples.TEXT.prompt(StudentPrompt.render(marker + record.problem().question()));
  }

  private static List<Item> items(Recipe recipe) {
    return Samples.set(LOG, Samples.run(recipe, 1, 1)).sft();
  }

  @Test
  void shouldMarkTheQuestionOfWrongSidesWhenStdCotDual() {
    List<Item> items = items(Recipe.STD_COT_DUAL);

    assertThat(items).extracting(Item::id).containsExactly("a", "a", "b", "b");
    assertThat(items.get(0).first().prompt()).isEqualTo(CORRUPTED.promptIds());
    assertThat(items.get(0).first().ids()).isEqualTo(ended(RIGHT));
    assertThat(items.get(1).first().prompt())
        .isEqualTo(prompt("[Counterfactual Reasoning] ", CORRUPTED));
    assertThat(items.get(1).first().ids()).isEqualTo(ended(WRONG));
    assertThat(items.get(1).first().allMarked()).isTrue();
  }

  @Test
  void shouldReadAsManyAsEditWhenStdCotRepeat() {
    // EDIT reads three right sides and two wrong ones; D+ holds two.
    assertThat(items(Recipe.STD_COT_REPEAT)).hasSize(5).extracting(Item::id).containsOnly("a", "c");
  }

  @Test
  void shouldAskForCotAndAnswerWhenMtCot() {
    List<Item> items = items(Recipe.MT_COT);

    assertThat(items).extracting(Item::id).containsExactly("a", "c");
    assertThat(items.get(0).first().ids()).isEqualTo(ended(RIGHT));
    assertThat(items.get(0).first().prompt()).isEqualTo(CORRUPTED.promptIds());
    assertThat(items.get(0).second().prompt()).isEqualTo(prompt("[Answer] ", CORRUPTED));
    assertThat(items.get(0).second().ids()).isEqualTo(ended("Therefore, the answer is 2."));
  }

  @Test
  void shouldAskForRationaleAndLabelUnderPrefixesWhenSbs() {
    Item item = items(Recipe.SBS).get(0);

    assertThat(item.first().prompt()).isEqualTo(prompt("[Rationale] ", CORRUPTED));
    assertThat(item.first().ids()).isEqualTo(ended("One and one."));
    assertThat(item.second().prompt()).isEqualTo(prompt("[Label] ", CORRUPTED));
    assertThat(item.second().ids()).isEqualTo(ended("Therefore, the answer is 2."));
    assertThat(Recipe.SBS.questionPrefix()).isEqualTo("[Label] ");
  }

  @Test
  void shouldTrainTheWrongAnswerAloneOnMarkedCorruptedCotsWhenScott() {
    List<Item> items = items(Recipe.SCOTT);

    assertThat(items).extracting(Item::id).containsExactly("a", "a", "c");
    Response counterfactual = items.get(1).first();
    assertThat(counterfactual.prompt()).isEqualTo(prompt("[Counterfactual Reasoning] ", CORRUPTED));
    assertThat(counterfactual.ids()).isEqualTo(ended(WRONG));
    // One and two. Therefore, the answer is | 3 apples. EOS
    assertThat(counterfactual.marks())
        .containsExactly(false, false, false, false, false, false, false, true, true, true);
  }

  @Test
  void shouldNameTheRecordWhenItsTokensAreNotThoseOfItsText() {
    KeySteps other =
        Samples.record(
            CORRUPTED.problem(),
            Origin.CORRUPTED,
            side(RIGHT),
            new KeySteps.Side(WRONG, ended(RIGHT), new int[0][], new int[0][]));

    assertThatThrownBy(() -> Samples.set(List.of(other), Samples.run(Recipe.SCOTT, 1, 1)))
        .hasMessageContaining("wrong.ids of a");
  }

  @Test
  void shouldReadRightSidesAloneWhenTheRecipeIsPlainSft() {
    assertThat(items(Recipe.STD_COT)).extracting(Item::id).containsExactly("a", "c");
    assertThat(items(Recipe.EDIT_NO_RWC)).extracting(Item::id).containsExactly("a", "c");
    assertThat(items(Recipe.EDIT)).extracting(Item::id).containsExactly("a", "b", "c");
    assertThat(items(Recipe.DPO)).extracting(Item::id).containsExactly("a", "b", "c");
  }
}
