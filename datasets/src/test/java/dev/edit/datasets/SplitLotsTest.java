package dev.edit.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.SplitRule.Ratio;
import dev.edit.datasets.json.Place;
import dev.edit.datasets.reader.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitLotsTest {

  @Test
  void shouldTrainOnTheFloorOfTheShareWhateverTheSize() {
    for (Ratio ratio : List.of(new Ratio(4, 1), new Ratio(1, 1), new Ratio(3, 7))) {
      for (int n = 1; n <= 60; n++) {
        Map<String, Split> sides = draw(ratio, 7, questions(n));
        assertThat(sides.values().stream().filter(Split.TRAIN::equals))
            .as("%s of %s", ratio, n)
            .hasSize(n * ratio.train() / (ratio.train() + ratio.test()));
      }
    }
  }

  @Test
  void shouldMoveNoQuestionWhenMoreAreAppended() {
    Map<String, Split> before = draw(new Ratio(4, 1), 7, questions(100));
    Map<String, Split> after = draw(new Ratio(4, 1), 7, questions(163));
    assertThat(after).containsAllEntriesOf(before);
  }

  @Test
  void shouldDrawOtherLotsWhenTheSeedIsAnother() {
    List<Question> questions = questions(100);
    Map<String, Split> first = draw(new Ratio(4, 1), 7, questions);
    assertThat(draw(new Ratio(4, 1), 7, questions)).isEqualTo(first);
    assertThat(draw(new Ratio(4, 1), 8, questions)).isNotEqualTo(first);
  }

  @Test
  void shouldKeepARepeatedQuestionOnOneSideAndTheSharesExact() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Question> questions = new ArrayList<>();
      for (int i = 0; i < 203; i++) {
        int text = i > 0 && random.nextInt(20) == 0 ? random.nextInt(i) : i;
        questions.add(question(i, "question " + text));
      }
      Map<String, Split> byText = new LinkedHashMap<>();
      int[] train = {0};
      SplitLots lots =
          new SplitLots(
              new Ratio(4, 1),
              seed,
              (question, split) -> {
                train[0] += split == Split.TRAIN ? 1 : 0;
                assertThat(byText.putIfAbsent(question.text(), split)).isIn(null, split);
              });
      questions.forEach(lots::add);
      lots.finish();
      assertThat(train[0]).as("seed %s", seed).isBetween(161, 163);
    }
  }

  private static Map<String, Split> draw(Ratio ratio, long seed, List<Question> questions) {
    Map<String, Split> sides = new LinkedHashMap<>();
    SplitLots lots =
        new SplitLots(ratio, seed, (question, split) -> sides.put(question.id(), split));
    questions.forEach(lots::add);
    lots.finish();
    assertThat(sides).hasSize(questions.size());
    return sides;
  }

  private static List<Question> questions(int n) {
    return IntStream.range(0, n).mapToObj(i -> question(i, "question " + i)).toList();
  }

  private static Question question(int index, String text) {
    Place place = new Place(Path.of("t.json"), 1, index);
    return new Question(place, "s/t/" + index, "t", text, "a", null, null, null, "s");
  }
}
