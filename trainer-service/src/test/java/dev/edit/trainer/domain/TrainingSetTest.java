package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
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
    TrainingSet set = TrainingSet.select(LOG, Samples.run(Recipe.STD_COT, 1, 1));

    assertThat(set.sft()).containsExactly(CORRUPTED, ALONE);
    assertThat(set.pairs()).isEmpty();
    assertThat(set.records()).isEqualTo(3);
  }

  @Test
  void shouldReadRectifiedCotsTooWhenEditNoKrsl() {
    TrainingSet set = TrainingSet.select(LOG, Samples.run(Recipe.EDIT_NO_KRSL, 1, 1));

    assertThat(set.sft()).containsExactly(CORRUPTED, RECTIFIED, ALONE);
    assertThat(set.pairs()).isEmpty();
  }

  @Test
  void shouldReadPairsTooWhenEdit() {
    TrainingSet set = TrainingSet.select(LOG, Samples.run(Recipe.EDIT, 1, 1));

    assertThat(set.sft()).containsExactly(CORRUPTED, RECTIFIED, ALONE);
    assertThat(set.pairs()).containsExactly(CORRUPTED, RECTIFIED);
  }

  @Test
  void shouldKeepTheLaterWhenTwoRecordsHaveOneId() {
    KeySteps later = Samples.dual("a", Origin.CORRUPTED, 9);

    TrainingSet set =
        TrainingSet.select(List.of(CORRUPTED, ALONE, later), Samples.run(Recipe.EDIT, 1, 1));

    assertThat(set.sft()).containsExactly(later, ALONE);
    assertThat(set.records()).isEqualTo(2);
  }

  @Test
  void shouldLeaveOutAndCountWhenTooLong() {
    // Prompt 3 + right 8 = 11 tokens; the wrong side of 9 makes 12.
    List<KeySteps> log = List.of(Samples.dual("a", Origin.CORRUPTED, 8), ALONE);

    TrainingSet narrow =
        TrainingSet.select(log, Samples.run("r", Recipe.EDIT, 1, 1, 10, List.of()));
    TrainingSet rightOnly =
        TrainingSet.select(log, Samples.run("r", Recipe.EDIT, 1, 1, 11, List.of()));
    TrainingSet wide = TrainingSet.select(log, Samples.run("r", Recipe.EDIT, 1, 1, 12, List.of()));

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
        TrainingSet.select(
            List.of(CORRUPTED, other),
            Samples.run("r", Recipe.STD_COT, 1, 0, 64, List.of("navigate")));

    assertThat(set.sft()).containsExactly(other);
    assertThat(set.records()).isOne();
  }

  @Test
  void shouldGiveTheSameDigestWhenTheLogIsInAnotherOrder() {
    List<KeySteps> shuffled = new ArrayList<>(Samples.mixed(40));
    Collections.shuffle(shuffled, new Random(5));

    assertThat(TrainingSet.select(shuffled, Samples.run(Recipe.EDIT, 1, 1)).sha256())
        .isEqualTo(TrainingSet.select(Samples.mixed(40), Samples.run(Recipe.EDIT, 1, 1)).sha256());
  }

  @Test
  void shouldGiveAnotherDigestWhenTheRecipeReadsOtherRecords() {
    assertThat(TrainingSet.select(LOG, Samples.run(Recipe.EDIT, 1, 1)).sha256())
        .hasSize(64)
        .isNotEqualTo(TrainingSet.select(LOG, Samples.run(Recipe.STD_COT, 1, 1)).sha256());
  }

  @Test
  void shouldRefuseWhenARecordIsOfTheTestSplit() {
    Problem test =
        new Problem(
            "t", "counting", "How many?", "2", Problem.Split.TEST, Problem.Domain.IN, "x", null);
    KeySteps record = Samples.record(test, Origin.CORRUPTED, Samples.side(5), null);

    assertThatThrownBy(() -> TrainingSet.select(List.of(record), Samples.run(Recipe.STD_COT, 1, 0)))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("problem.split of t");
  }

  @Test
  void shouldNameTheRecordWhenItsTokenizerIsNotTheStudents() {
    TrainingSet set = TrainingSet.select(LOG, Samples.run(Recipe.EDIT, 1, 1));

    set.requireTokenizer(Samples.TOKENIZER);
    assertThatThrownBy(() -> set.requireTokenizer("sha256:other"))
        .hasMessageContaining("tokenizer of a")
        .hasMessageContaining("sha256:other");
  }
}
