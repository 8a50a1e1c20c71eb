package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EpochBatchesTest {
  private static List<List<String>> take(EpochBatches batches, int n) {
    List<List<String>> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(batches.next().stream().map(Item::id).toList());
    }
    return ids;
  }

  @Test
  void shouldVisitEveryExampleOnceAnEpochWhateverTheSizes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int trial = 0; trial < 50; trial++) {
      int n = 1 + random.nextInt(200);
      int batchSize = 1 + random.nextInt(9);
      EpochBatches batches = new EpochBatches(Samples.items(n), batchSize, random.nextLong(), "a");
      int perEpoch = 0;
      for (int left = n; left > 0; left -= 16 * batchSize) {
        perEpoch += (Math.min(left, 16 * batchSize) + batchSize - 1) / batchSize;
      }
      for (int epoch = 0; epoch < 3; epoch++) {
        assertThat(take(batches, perEpoch).stream().flatMap(List::stream).toList())
            .as("seed %d, trial %d, n %d, batch %d", seed, trial, n, batchSize)
            .hasSize(n)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void shouldGiveTheSameOrderWhenTheSeedIsTheSame() {
    List<Item> examples = Samples.items(50);

    assertThat(take(new EpochBatches(examples, 4, 3, "sft"), 60))
        .isEqualTo(take(new EpochBatches(examples, 4, 3, "sft"), 60));
  }

  @Test
  void shouldGiveAnotherOrderWhenSeedStageOrEpochDiffers() {
    List<Item> examples = Samples.items(48);
    List<List<String>> order = take(new EpochBatches(examples, 4, 3, "sft"), 12);

    assertThat(take(new EpochBatches(examples, 4, 4, "sft"), 12)).isNotEqualTo(order);
    assertThat(take(new EpochBatches(examples, 4, 3, "krsl"), 12)).isNotEqualTo(order);
    assertThat(take(new EpochBatches(examples, 4, 3, "sft"), 24).subList(12, 24))
        .isNotEqualTo(order);
  }

  @Test
  void shouldPutLikeLengthsTogetherWithinAWindow() {
    EpochBatches batches = new EpochBatches(Samples.items(63), 9, 3, "sft");

    for (int i = 0; i < 7; i++) {
      List<Item> batch = batches.next();
      assertThat(batch.stream().mapToInt(r -> r.first().ids().length).distinct().count()).isOne();
    }
  }

  @Test
  void shouldGoOnAsIfItHadReadThemWhenBatchesAreSkipped() {
    EpochBatches read = new EpochBatches(Samples.items(50), 4, 3, "sft");
    EpochBatches skipped = new EpochBatches(Samples.items(50), 4, 3, "sft");

    List<List<String>> all = take(read, 40);
    skipped.skip(17);

    assertThat(take(skipped, 23)).isEqualTo(all.subList(17, 40));
  }

  @Test
  void shouldRefuseWhenThereIsNothingToBatch() {
    assertThatThrownBy(() -> new EpochBatches(List.of(), 4, 3, "sft"))
        .hasMessageContaining("examples");
  }
}
