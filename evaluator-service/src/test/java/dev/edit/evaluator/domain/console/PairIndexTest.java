package dev.edit.evaluator.domain.console;

import static dev.edit.evaluator.domain.console.ConsoleRecords.alone;
import static dev.edit.evaluator.domain.console.ConsoleRecords.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.KeySteps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairIndexTest {
  private final PairIndex index = new PairIndex(1_000);

  @Test
  void shouldTakeWhatTheFilterNamesWhenThereIsMore() {
    index.put(new LogPlace(0, 1), pair("a", "sums", Origin.RECTIFIED, "logical", 0.9));
    index.put(new LogPlace(0, 2), pair("b", "sums", Origin.CORRUPTED, null, 0.8));
    index.put(new LogPlace(1, 3), pair("c", "dates", Origin.RECTIFIED, "logical+calculation", 0.5));
    index.put(new LogPlace(1, 4), alone("d", "dates"));

    assertThat(offsets(new PairFilter("sums", null, null, 0, 1))).containsExactly(2L, 1L);
    assertThat(offsets(new PairFilter(null, PairOrigin.ALONE, null, 0, 1))).containsExactly(4L);
    assertThat(offsets(new PairFilter(null, null, "calculation", 0, 1))).containsExactly(3L);
    assertThat(offsets(new PairFilter(null, null, "logical", 0.8, 1))).containsExactly(1L);
    assertThat(offsets(new PairFilter("no such task", null, null, 0, 1))).isEmpty();
  }

  @Test
  void shouldKnowTheNewestPlaceWhenAnIdComesAgain() {
    index.put(new LogPlace(0, 1), pair("a", "sums", Origin.RECTIFIED, null, 0.9));
    index.put(new LogPlace(0, 7), pair("a", "sums", Origin.RECTIFIED, null, 0.9));

    assertThat(offsets(PairFilter.ALL)).containsExactly(7L);
    assertThat(index.size()).isOne();
  }

  @Test
  void shouldForgetAnIdWhenItsRecordIsDeleted() {
    index.put(new LogPlace(0, 1), pair("a", "sums", Origin.RECTIFIED, null, 0.9));
    index.remove("a");
    index.remove("never came");

    assertThat(index.size()).isZero();
    assertThat(index.page(PairFilter.ALL, 0, 10).total()).isZero();
    assertThat(index.facets().tasks()).isEmpty();
  }

  @Test
  void shouldCountWhatItHasNoRoomForWhenItIsFull() {
    PairIndex small = new PairIndex(2);
    for (int i = 0; i < 5; i++) {
      small.put(new LogPlace(0, i), pair("id" + i, "sums", Origin.RECTIFIED, null, 0.9));
    }
    small.put(new LogPlace(0, 9), pair("id0", "sums", Origin.RECTIFIED, null, 0.9));

    assertThat(small.size()).isEqualTo(2);
    assertThat(small.leftOut()).isEqualTo(3);
    assertThat(small.page(PairFilter.ALL, 0, 10).entries())
        .extracting(entry -> entry.place().offset())
        .containsExactly(1L, 9L);
  }

  @Test
  void shouldCountByTaskOriginAndBinWhenAskedForFacets() {
    index.put(new LogPlace(0, 1), pair("a", "sums", Origin.RECTIFIED, "other", 1.0));
    index.put(new LogPlace(0, 2), pair("b", "dates", Origin.CORRUPTED, null, 0.05));
    index.put(new LogPlace(0, 3), alone("c", "dates"));

    PairIndex.Facets facets = index.facets();

    assertThat(facets.tasks()).containsExactly(Map.entry("dates", 2), Map.entry("sums", 1));
    assertThat(facets.origins()).containsOnlyKeys("ALONE", "CORRUPTED", "RECTIFIED");
    assertThat(facets.mistakes()).containsEntry("other", 1).containsEntry("", 2);
    assertThat(facets.similarity()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(facets.keyFraction()[25]).isEqualTo(2);
  }

  @Test
  void shouldNameTheRangeWhenAFilterIsUpsideDown() {
    assertThatThrownBy(() -> new PairFilter(null, null, null, 0.9, 0.1))
        .hasMessage("similarity: expected 0 <= from <= to <= 1, got from 0.9 to 0.1");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void shouldAnswerAsAListOfRecordsWouldWhenRecordsComeAndGo(long seed) {
    Random random = new Random(seed);
    Map<String, Placed> twin = new LinkedHashMap<>();
    for (int i = 0; i < 3_000; i++) {
      String id = "p" + random.nextInt(900);
      if (random.nextInt(10) == 0) {
        index.remove(id);
        twin.computeIfPresent(id, (key, placed) -> new Placed(placed.place, null));
      } else {
        Placed placed = new Placed(new LogPlace(i % 3, i), random(random, id));
        index.put(placed.place, placed.record);
        twin.put(id, placed);
      }
    }
    PairFilter filter =
        new PairFilter("task1", PairOrigin.CORRUPTED, random.nextBoolean() ? "other" : null, 0, 1);

    assertThat(offsets(filter)).as("seed %d", seed).isEqualTo(expected(twin, filter));
  }

  private record Placed(LogPlace place, KeySteps record) {}

  private static KeySteps random(Random random, String id) {
    String mistake = random.nextBoolean() ? "other" : null;
    Origin origin = random.nextBoolean() ? Origin.CORRUPTED : Origin.RECTIFIED;
    return pair(id, "task" + random.nextInt(3), origin, mistake, random.nextFloat());
  }

  private static List<Long> expected(Map<String, Placed> twin, PairFilter filter) {
    List<Long> offsets = new ArrayList<>();
    for (Placed placed : twin.values()) {
      KeySteps record = placed.record;
      if (record != null
          && record.problem().task().equals(filter.task())
          && PairOrigin.of(record) == filter.origin()
          && (filter.mistake() == null || record.mistake() != null)) {
        offsets.add(0, placed.place.offset());
      }
    }
    return offsets;
  }

  private List<Long> offsets(PairFilter filter) {
    return index.page(filter, 0, 1_000).entries().stream().map(e -> e.place().offset()).toList();
  }
}
