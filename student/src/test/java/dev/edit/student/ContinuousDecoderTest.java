package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.student.Continuation.Ending;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.lora.LoraTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContinuousDecoderTest {
  private static final int LIMIT = 20;
  private static final StopRule LARGE_SUM = tokens -> Arrays.stream(tokens).sum() >= 140;

  /**
   * Refilled slots, of every number, with and without an adapter and a rule that ends rows early,
   * against the naive decoder in double precision, one prompt at a time and without a cache.
   */
  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldContinueLikeTheNaiveDecoderWhenSlotsAreRefilled(StudentConfig config) {
    Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    for (long seed = 20; seed < 23; seed++) {
      Random random = new Random(seed);
      List<int[]> prompts = RandomStudents.rows(random, 11, 1, 24);
      LoraAdapter adapter =
          RandomStudents.adapter(
              config, new LoraSettings(3, 5, 0, List.of(LoraTarget.values())), seed);
      try (Student student = RandomStudents.student(config, seed)) {
        NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, seed));
        if (seed == 21) {
          student.attach(adapter);
          naive = new NaiveDecoder(config, RandomStudents.weights(config, seed), adapter);
        }
        StopRule stop = seed == 22 ? StopRule.NONE : LARGE_SUM;
        DecodingSettings settings =
            DecodingSettings.of(student, Sampling.GREEDY, LIMIT, 2 + random.nextInt(5))
                .withStop(stop);
        List<Continuation> found =
            ContinuousDecoder.decode(student, prompts, new long[prompts.size()], settings);
        for (int i = 0; i < prompts.size(); i++) {
          Continuation expected = naive(naive, prompts.get(i), stop);
          String what = "seed %d, %d slots, prompt %d".formatted(seed, settings.slots(), i);
          assertThat(found.get(i).tokens()).as(what).isEqualTo(expected.tokens());
          assertThat(found.get(i).ending()).as(what).isEqualTo(expected.ending());
          endings.merge(expected.ending(), 1, Integer::sum);
        }
      }
    }
    assertThat(endings).as("every ending occurs").containsOnlyKeys(Ending.values());
  }

  private static Continuation naive(NaiveDecoder naive, int[] prompt, StopRule stop) {
    int[] whole = naive.greedy(prompt, LIMIT, RandomStudents.EOS);
    for (int count = 1; count <= whole.length; count++) {
      int[] tokens = Arrays.copyOf(whole, count);
      if (tokens[count - 1] == RandomStudents.EOS) {
        return new Continuation(tokens, Ending.END_TOKEN);
      }
      if (stop.holds(tokens)) {
        return new Continuation(tokens, Ending.STOP_RULE);
      }
    }
    return new Continuation(whole, Ending.LENGTH);
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldDrawTheSameWhateverTheSlots(StudentConfig config) {
    Random random = new Random(31);
    List<int[]> prompts = RandomStudents.rows(random, 15, 1, 24);
    long[] seeds = random.longs(prompts.size()).toArray();
    try (Student student = RandomStudents.student(config, 31)) {
      List<int[]> alone = tokens(student, prompts, seeds, 1);
      for (int slots : List.of(2, 4, 15, 100)) {
        assertThat(tokens(student, prompts, seeds, slots))
            .as("%d slots", slots)
            .containsExactly(alone.toArray(new int[0][]));
      }
    }
  }

  private static List<int[]> tokens(Student student, List<int[]> prompts, long[] seeds, int slots) {
    DecodingSettings settings =
        DecodingSettings.of(student, new Sampling(0.9, 0.95), LIMIT, slots).withStop(LARGE_SUM);
    return ContinuousDecoder.decode(student, prompts, seeds, settings).stream()
        .map(Continuation::tokens)
        .toList();
  }

  @Test
  void shouldContinueLikeTheDecoderWithoutACacheWhenRowsAreLong() {
    StudentConfig config = StudentConfig.of(60, 32, 48, 2, 4, 400, 2);
    List<int[]> prompts = new ArrayList<>();
    Random random = new Random(4);
    for (int i = 0; i < 12; i++) {
      prompts.add(random.ints(1 + random.nextInt(200), 3, 60).toArray());
    }
    try (Student student = Student.create(config, 4)) {
      DecodingSettings settings = DecodingSettings.of(student, Sampling.GREEDY, 60, 5);
      List<Continuation> found = ContinuousDecoder.decode(student, prompts, new long[12], settings);
      assertThat(found)
          .usingRecursiveComparison()
          .isEqualTo(UncachedDecoder.decode(student, prompts, 60));
    }
  }

  @Test
  void shouldUseFewerSlotsWhenTheCacheMustBeSmall() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    List<int[]> prompts = RandomStudents.rows(new Random(6), 9, 3, 12);
    try (Student student = RandomStudents.student(config, 6)) {
      DecodingSettings settings = DecodingSettings.of(student, Sampling.GREEDY, LIMIT, 9);
      List<Continuation> wide = ContinuousDecoder.decode(student, prompts, new long[9], settings);
      List<Continuation> narrow =
          ContinuousDecoder.decode(student, prompts, new long[9], settings.withCacheBytes(1));
      assertThat(narrow).usingRecursiveComparison().isEqualTo(wide);
    }
  }

  @Test
  void shouldFindTheFirstPlaceOfTheRuleHoweverManyTokensComeAtATime() {
    StopRule twoSevens = row -> Arrays.stream(row).filter(token -> token == 7).count() >= 2;
    int[] tokens = {5, 7, 9, 9, 7, 3, 7, 4, 2};
    for (int step = 1; step <= tokens.length; step++) {
      DecodedRow row = new DecodedRow(0, new int[] {1}, 50, null);
      long[] cells = IntStream.of(tokens).asLongStream().toArray();
      for (int from = 0; from < cells.length && !row.ended(); from += step) {
        row.take(
            cells,
            from,
            Math.min(cells.length, from + step),
            Set.of(RandomStudents.EOS),
            twoSevens);
      }
      assertThat(row.continuation().tokens()).as("step %d", step).containsExactly(5, 7, 9, 9, 7);
      assertThat(row.continuation().ending()).isEqualTo(Ending.STOP_RULE);
    }
  }

  @Test
  void shouldAskForASeedOfEveryPrompt() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    try (Student student = RandomStudents.student(config, 1)) {
      DecodingSettings settings = DecodingSettings.of(student, Sampling.GREEDY, 3, 2);
      List<int[]> prompts = RandomStudents.rows(new Random(1), 2, 1, 3);
      assertThatThrownBy(() -> ContinuousDecoder.decode(student, prompts, new long[] {1}, settings))
          .hasMessage("seeds: expected one for each of 2 prompts, got 1");
      assertThat(ContinuousDecoder.decode(student, List.of(), new long[0], settings)).isEmpty();
    }
  }
}
