package dev.edit.cli.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.judge.JudgeFigures.Difference;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.statistics.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a judge's verdicts say, for people and for machines.
 *
 * @param model the judge
 * @param input what it was given
 * @param figures what its verdicts come to
 */
public record JudgeReport(String model, JudgeInput input, JudgeFigures figures) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lines for the terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Judge      " + model + ", scores 1 to 10 for the key reasoning steps shown");
    lines.add(
        "Problems   %d judged, %d scored; refused %d, truncated %d, unparsable %d"
            .formatted(
                figures.problems(),
                figures.scored(),
                figures.without().get(Reason.REFUSED),
                figures.without().get(Reason.TRUNCATED),
                figures.without().get(Reason.UNPARSABLE)));
    lines.add(
        "Left out   %d not answered by all, %d without a reference"
            .formatted(input.notShared(), input.withoutReference()));
    figures
        .students()
        .forEach((student, mean) -> lines.add("%-40s %s".formatted(student, text(mean, "%.2f"))));
    for (Difference difference : figures.differences()) {
      String pair = difference.first() + " - " + difference.second();
      lines.add("%-40s %s".formatted(pair, text(difference.interval(), "%+.2f")));
    }
    return lines;
  }

  private static String text(MeanInterval mean, String number) {
    return String.format(
        Locale.ROOT,
        number + "  (95 %% " + number + " to " + number + ", n=%d)",
        mean.mean(),
        mean.low(),
        mean.high(),
        mean.n());
  }

  /** The object of {@code --json}. */
  public ObjectNode json() {
    ObjectNode root =
        JSON.createObjectNode()
            .put("judge", model)
            .put("problems", figures.problems())
            .put("scored", figures.scored());
    figures.without().forEach((reason, count) -> root.put(reason.inFiles(), count));
    root.put("notShared", input.notShared()).put("withoutReference", input.withoutReference());
    ArrayNode students = root.putArray("students");
    figures
        .students()
        .forEach((name, mean) -> put(students.addObject().put("student", name), mean));
    ArrayNode differences = root.putArray("differences");
    for (Difference difference : figures.differences()) {
      put(
          differences
              .addObject()
              .put("first", difference.first())
              .put("second", difference.second()),
          difference.interval());
    }
    return root;
  }

  private static void put(ObjectNode node, MeanInterval mean) {
    node.put("n", mean.n())
        .put("mean", mean.mean())
        .put("low", mean.low())
        .put("high", mean.high());
  }
}
