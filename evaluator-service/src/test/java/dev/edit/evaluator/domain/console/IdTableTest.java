package dev.edit.evaluator.domain.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTableTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldNumberIdsAsAMapOfTheirTextsWouldWhenTheyComeInAnyOrder(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> twin = new HashMap<>();
    IdTable table = new IdTable();

    for (int i = 0; i < 20_000; i++) {
      String id = "navigate/train/" + random.nextInt(9_000);
      assertThat(table.find(id)).as("seed %d", seed).isEqualTo(twin.getOrDefault(id, -1));
      int next = twin.size();
      int expected = twin.computeIfAbsent(id, added -> next);
      assertThat(table.number(id)).as("seed %d", seed).isEqualTo(expected);
    }

    assertThat(table.size()).isEqualTo(twin.size());
  }
}
