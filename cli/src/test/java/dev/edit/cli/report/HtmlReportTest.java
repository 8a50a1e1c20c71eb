package dev.edit.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Highlight;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String HOSTILE =
      "</p><script>alert('x')</script><img src=x onerror=\"alert(1)\">{f.seed}{#if true}&amp;";

  private static final List<RunResult> RUNS =
      List.of(
          SampleFindings.run(
              Recipe.STD_COT,
              1,
              SampleFindings.evaluation(Recipe.STD_COT, 1, "families-in", "1010")),
          SampleFindings.run(
              Recipe.EDIT, 1, SampleFindings.evaluation(Recipe.EDIT, 1, "families-in", "1110")));

  @Test
  void shouldShowHostileTextAsTextWhenItLooksLikeMarkup() {
    String page =
        new HtmlReport()
            .render(
                SampleFindings.with(
                    RUNS,
                    List.of(
                        SampleFindings.dual(
                            "navigate/1", HOSTILE, HOSTILE, HOSTILE, Origin.RECTIFIED))));

    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<img")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        .contains("{f.seed}{#if true}&amp;amp;");
  }

  @Test
  void shouldNeedNothingElseWhenItIsOpened() {
    String page = new HtmlReport().render(SampleFindings.with(RUNS, List.of()));

    assertThat(page)
        .contains("default-src 'none'; style-src 'sha256-")
        .doesNotContain("unsafe-inline")
        .doesNotContain("style=")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("href=")
        .doesNotContain("src=");
  }

  @Test
  void shouldHoldTableLossesAndTeacherWhenRendered() {
    String page = new HtmlReport().render(SampleFindings.with(RUNS, List.of()));

    assertThat(page)
        .contains("The teacher is SIMULATED.")
        .contains("75.0 ± ")
        .contains("not significant")
        .contains("+25.0 (")
        .contains("average of 1")
        .contains("<polyline class=\"curve line0\" points=\"100.0,")
        .contains("std-cot, sft")
        .contains("teacher-no-answer")
        .doesNotContain("NOT_FOUND");
  }

  @Test
  void shouldShowKeyStepsApartWhenARunHoldsDualsOut() {
    Evaluation duals = SampleFindings.duals(Recipe.STD_COT, 1, "1101");
    List<RunResult> runs = List.of(SampleFindings.with(RUNS.get(0), duals), RUNS.get(1));

    String page = new HtmlReport().render(SampleFindings.with(runs, List.of()));

    assertThat(page)
        .contains("Key steps of held-out duals")
        .contains("<td>-0.50 ± 0.13</td><td>-2.25 ± 0.25</td><td>1.75 ± 0.25</td>")
        .contains("<td>75.0 ± 25.0</td>")
        // No benchmark of its own: nobody answered anything.
        .doesNotContain("held-out-duals (in");
    assertThat(new HtmlReport().render(SampleFindings.with(RUNS, List.of())))
        .doesNotContain("Key steps of held-out duals");
    assertThat(ResultJson.complete(SampleFindings.with(runs, List.of())).at("/keySteps/0/margin"))
        .hasToString("1.75");
    assertThat(String.join("\n", Summary.lines(SampleFindings.with(runs, List.of()))))
        .contains("1.75 ± 0.25");
  }

  @Test
  void shouldMarkKeyCharactersWhenASideHasThem() {
    String page =
        new HtmlReport()
            .render(
                SampleFindings.with(
                    RUNS,
                    List.of(
                        SampleFindings.dual(
                            "navigate/1", "Q?", "0123456", "abcdefg", Origin.CORRUPTED))));

    assertThat(page)
        .contains("01<mark>23</mark>456")
        .contains("ab<mark>cd</mark>efg")
        .contains("the wrong one was corrupted");
  }

  @Test
  void shouldShowTheEndWhenOnlyTheEndOfTextIsKey() {
    KeySteps.Side side =
        new KeySteps.Side("abc", new int[] {4, 2}, new int[][] {{1, 2}}, new int[][] {{3, 3}});

    assertThat(Highlight.of(side))
        .containsExactly(
            new Highlight.Stretch("abc", false, false), new Highlight.Stretch("", true, true));
  }

  @Test
  void shouldChooseBothOriginsAndEveryTaskWhenExamplesAreMany() {
    List<KeySteps> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Origin origin = i < 25 ? Origin.CORRUPTED : Origin.RECTIFIED;
      records.add(SampleFindings.dual("navigate/%02d".formatted(i), "Q", "right", "wrong", origin));
    }

    assertThat(Examples.choose(records, 10))
        .hasSize(10)
        .filteredOn(record -> record.origin() == Origin.RECTIFIED)
        .hasSize(5);
    assertThat(Examples.choose(records, 10)).isEqualTo(Examples.choose(records, 10));
  }
}
