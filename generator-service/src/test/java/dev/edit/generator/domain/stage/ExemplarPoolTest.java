package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DualCot;
import dev.edit.prompts.Exemplar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExemplarPoolTest {

  @Test
  void shouldDrawTheSameWhenPairsCameInAnotherOrder() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<DualCot> pairs = pairs(4 + random.nextInt(40));
      int capacity = 3 + random.nextInt(20);
      List<Exemplar> first = filled(pairs, capacity).sample("sums", "problem", 3);
      Collections.shuffle(pairs, random);
      assertThat(filled(pairs, capacity).sample("sums", "problem", 3))
          .as("seed %d", seed)
          .isEqualTo(first)
          .hasSize(3)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldDrawFromAllPairsWhenProblemsDiffer() {
    ExemplarPool pool = filled(pairs(30), 30);
    Set<Exemplar> drawn = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      drawn.addAll(pool.sample("sums", "problem-" + i, 3));
    }
    assertThat(drawn).hasSize(30);
  }

  @Test
  void shouldNeverDrawAProblemsOwnPair() {
    ExemplarPool pool = filled(pairs(4), 10);
    assertThat(pool.sample("sums", "pair-2", 4))
        .hasSize(3)
        .noneMatch(exemplar -> exemplar.right().endsWith("pair-2"));
  }

  @Test
  void shouldBeReadyOnlyWhenThereAreEnough() {
    ExemplarPool pool = filled(pairs(2), 10);
    assertThat(pool.ready("sums")).isNotCompleted();
    pool.add(Stages.rectified("one-more"));
    assertThat(pool.ready("sums")).isCompleted();
    assertThat(pool.ready("other")).isNotCompleted();
  }

  @Test
  void shouldCountAPairOnceWhenItComesTwice() {
    ExemplarPool pool = filled(pairs(2), 10);
    pool.add(Stages.rectified("pair-0"));
    assertThat(pool.sizes()).containsEntry("sums", 2);
  }

  private static ExemplarPool filled(List<DualCot> pairs, int capacity) {
    ExemplarPool pool = new ExemplarPool(3, capacity);
    pairs.forEach(pool::add);
    return pool;
  }

  private static List<DualCot> pairs(int count) {
    List<DualCot> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(Stages.rectified("pair-" + i));
    }
    return pairs;
  }
}
