package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.HeldOut;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.MistakePattern;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Recipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingSetTest {
  private static final KeySteps RECTIFIED = Samples.dual("b", Origin.RECTIFIED, 6);
  private static final KeySteps CORRUPTED = Samples.dual("a", Origin.CORRUPTED, 6);
  private static final KeySteps ALONE = Samples.alone("c", 6);
  private static final List<KeySteps> LOG = List.of(RECTIFIED, ALONE, CORRUPTED);

  @Test
  void shouldReadTheTeachersOwnRightCotsWhenStdCot() {
    TrainingSet set = Samples.set(LOG, Samples.run(Recipe.STD_COT, 1, 1));

    assertThat(ids(set.sft())).containsExactly(CORRUPTED.key(), ALONE.key());
    assertThat(set.pairs()).isEmpty();
    assertThat(set.records()).isEqualTo(3);
  }

  @Test
  void shouldReadRectifiedCotsTooWhenEditNoKrsl() {
    TrainingSet set = Samples.set(LOG, Samples.run(Recipe.EDIT_NO_KRSL, 1, 1));

    assertThat(ids(set.sft())).containsExactly(CORRUPTED.key(), RECTIFIED.key(), ALONE.key());
    assertThat(set.pairs()).isEmpty();
  }

  @Test
  void shouldReadPairsTooWhenEdit() {
    TrainingSet set = Samples.set(LOG, Samples.run(Recipe.EDIT, 1, 1));

    assertThat(ids(set.sft())).containsExactly(CORRUPTED.key(), RECTIFIED.key(), ALONE.key());
    assertThat(ids(set.pairs())).containsExactly(CORRUPTED.key(), RECTIFIED.key());
  }

  @Test
  void shouldKeepTheLaterWhenTwoRecordsHaveOneId() {
    KeySteps later = Samples.dual("a", Origin.CORRUPTED, 9);

    TrainingSet set = Samples.set(List.of(CORRUPTED, ALONE, later), Samples.run(Recipe.EDIT, 1, 1));

    assertThat(set.sft().get(0).first().ids()).hasSize(9);
    assertThat(ids(set.sft())).containsExactly("a", "c");
    assertThat(set.records()).isEqualTo(2);
  }

  @Test
  void shouldLeaveOutAndCountWhenTooLong() {
    // Prompt 3 + right 8 = 11 tokens; the wrong side of 9 makes 12.
    List<KeySteps> log = List.of(Samples.dual("a", Origin.CORRUPTED, 8), ALONE);

    TrainingSet narrow = Samples.set(log, Samples.run("r", Recipe.EDIT, 1, 1, 10, List.of()));
    TrainingSet rightOnly = Samples.set(log, Samples.run("r", Recipe.EDIT, 1, 1, 11, List.of()));
    TrainingSet wide = Samples.set(log, Samples.run("r", Recipe.EDIT, 1, 1, 12, List.of()));

    assertThat(List.of(narrow.sft().size(), narrow.pairs().size(), narrow.tooLong()))
        .containsExactly(1, 0, 1);
    assertThat(List.of(rightOnly.sft().size(), rightOnly.pairs().size(), rightOnly.tooLong()))
        .containsExactly(2, 0, 1);
    assertThat(List.of(wide.sft().size(), wide.pairs().size(), wide.tooLong()))
        .containsExactly(2, 1, 0);
  }

  @Test
  void shouldTakeOnlyTheTasksThatTheRunNames() {
    KeySteps other =
        Samples.record(Samples.problem("d", "navigate"), Origin.CORRUPTED, Samples.side(5), null);

    TrainingSet set =
        Samples.set(
            List.of(CORRUPTED, other),
            Samples.run("r", Recipe.STD_COT, 1, 0, 64, List.of("navigate")));

    assertThat(ids(set.sft())).containsExactly(other.key());
    assertThat(set.records()).isOne();
  }

  @Test
  void shouldGiveTheSameDigestWhenTheLogIsInAnotherOrder() {
    List<KeySteps> shuffled = new ArrayList<>(Samples.mixed(40));
    Collections.shuffle(shuffled, new Random(5));

    assertThat(Samples.set(shuffled, Samples.run(Recipe.EDIT, 1, 1)).sha256())
        .isEqualTo(Samples.set(Samples.mixed(40), Samples.run(Recipe.EDIT, 1, 1)).sha256());
  }

  @Test
  void shouldGiveAnotherDigestWhenTheRecipeReadsOtherRecords() {
    assertThat(Samples.set(LOG, Samples.run(Recipe.EDIT, 1, 1)).sha256())
        .hasSize(64)
        .isNotEqualTo(Samples.set(LOG, Samples.run(Recipe.STD_COT, 1, 1)).sha256());
  }

  @Test
  void shouldRefuseWhenARecordIsOfTheTestSplit() {
    Problem test =
        new Problem(
            "t", "counting", "How many?", "2", Problem.Split.TEST, Problem.Domain.IN, "x", null);
    KeySteps record = Samples.record(test, Origin.CORRUPTED, Samples.side(5), null);

    assertThatThrownBy(() -> Samples.set(List.of(record), Samples.run(Recipe.STD_COT, 1, 0)))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("problem.split of t");
  }

  @Test
  void shouldNameTheRecordWhenItsTokenizerIsNotTheStudents() {
    KeySteps a = CORRUPTED;
    KeySteps other =
        new KeySteps(
            a.problem(),
            "sha256:other",
            a.rule(),
            a.promptIds(),
            a.right(),
            a.wrong(),
            a.similarity(),
            a.keyFraction(),
            a.origin(),
            null);

    assertThatThrownBy(() -> Samples.set(List.of(ALONE, other), Samples.run(Recipe.EDIT, 1, 1)))
        .hasMessageContaining("tokenizer of a")
        .hasMessageContaining("sha256:other");
  }

  @Test
  void shouldTakeOnlyThePairsOfTheFilterAndStillReadTheirRightSides() {
    Run.DualFilter rectified =
        new Run.DualFilter(List.of(Origin.RECTIFIED), List.of(), null, null, null);

    TrainingSet set = Samples.set(LOG, filtered(Recipe.EDIT, rectified, null));

    assertThat(ids(set.pairs())).containsExactly("b");
    assertThat(ids(set.sft())).containsExactly("a", "b", "c");
  }

  @Test
  void shouldFilterPairsByMistakeAndSimilarity() {
    KeySteps logical = patterned("l", MistakePattern.parse("logical"), 0.9);
    KeySteps both = patterned("m", MistakePattern.parse("logical+calculation"), 0.5);
    List<KeySteps> log = List.of(logical, both, CORRUPTED);
    Run.DualFilter mistakes =
        new Run.DualFilter(
            List.of(), List.of(MistakePattern.parse("calculation+logical")), null, null, null);
    Run.DualFilter similar = new Run.DualFilter(List.of(), List.of(), 0.6, 0.95, null);
    Run.DualFilter unlike = new Run.DualFilter(List.of(), List.of(), null, 0.5, null);

    assertThat(ids(Samples.set(log, filtered(Recipe.EDIT, mistakes, null)).pairs()))
        .containsExactly("m");
    assertThat(ids(Samples.set(log, filtered(Recipe.EDIT, similar, null)).pairs()))
        .containsExactly("l");
    assertThat(ids(Samples.set(log, filtered(Recipe.EDIT, unlike, null)).pairs()))
        .containsExactly("a", "m");
  }

  @Test
  void shouldDrawTheSameRecordsAndPairsWhenTheSeedIsTheSame() {
    Run.DualFilter five = new Run.DualFilter(List.of(), List.of(), null, null, 5);
    Run run = filtered(Recipe.EDIT, five, 20);

    TrainingSet first = Samples.set(Samples.mixed(40), run);

    assertThat(first.records()).isEqualTo(20);
    assertThat(first.pairs()).hasSize(5);
    assertThat(Samples.set(Samples.mixed(40), run).sha256()).isEqualTo(first.sha256());
    assertThat(ids(first.sft())).isSorted();
  }

  @Test
  void shouldHoldOutTheSameProblemsFromEveryStageWhenTheBestEpochIsKept() {
    Run run = Samples.keepingBest(Samples.run(Recipe.EDIT, 1, 1), 0.25);

    TrainingSet set = Samples.set(Samples.mixed(40), run);

    assertThat(set.heldOut()).hasSize(10);
    assertThat(set.records()).isEqualTo(40);
    assertThat(set.sft()).hasSize(30);
    assertThat(Samples.set(Samples.mixed(40), run).sha256()).isEqualTo(set.sha256());
  }

  @Test
  void shouldReadNothingOfAProblemWhenTheSelectorHoldsItOut() {
    for (Recipe recipe : List.of(Recipe.STD_COT, Recipe.STD_COT_REPEAT, Recipe.EDIT, Recipe.DPO)) {
      Run run = Samples.run(recipe, 1, 1);
      Run holdingOut =
          new Run(
              run.id(),
              recipe,
              run.student(),
              run.hyperparameters(),
              new Run.DatasetSelector(run.dataset().offsets(), List.of(), null, null, 0.5),
              run.seed());
      List<KeySteps> log = Samples.mixed(40);
      List<String> heldOut =
          log.stream().map(KeySteps::key).filter(id -> HeldOut.holds(0.5, id)).toList();

      TrainingSet set = Samples.set(log, holdingOut);

      assertThat(heldOut).hasSizeBetween(10, 30);
      assertThat(set.records()).isEqualTo(40 - heldOut.size());
      assertThat(ids(set.sft())).isNotEmpty().doesNotContainAnyElementsOf(heldOut);
      assertThat(ids(set.pairs())).doesNotContainAnyElementsOf(heldOut);
    }
  }

  private static Run filtered(Recipe recipe, Run.DualFilter duals, Integer maxRecords) {
    Run run = Samples.run(recipe, 1, 1);
    return new Run(
        run.id(),
        recipe,
        run.student(),
        run.hyperparameters(),
        new Run.DatasetSelector(run.dataset().offsets(), List.of(), duals, maxRecords),
        run.seed());
  }

  private static KeySteps patterned(String id, MistakePattern mistake, double similarity) {
    KeySteps shape = Samples.dual(id, Origin.CORRUPTED, 6);
    return new KeySteps(
        shape.problem(),
        shape.tokenizer(),
        shape.rule(),
        shape.promptIds(),
        shape.right(),
        shape.wrong(),
        similarity,
        shape.keyFraction(),
        shape.origin(),
        mistake);
  }

  private static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }
}
