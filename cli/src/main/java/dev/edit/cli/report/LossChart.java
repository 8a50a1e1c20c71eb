package dev.edit.cli.report;

import dev.edit.contracts.RunEvent;
import dev.edit.contracts.recipe.Recipe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The losses of a recipe's runs in one stage, as the coordinates of an SVG drawing.
 *
 * @param title recipe and stage
 * @param lines one a training seed: the points of a polyline
 * @param top the label at the top of the loss axis
 * @param bottom the label at its bottom
 * @param lastStep the label at the end of the step axis
 * @param scale how the loss axis runs, {@code logarithmic} or {@code linear}
 */
public record LossChart(
    String title, List<Line> lines, String top, String bottom, String lastStep, String scale) {
  /** Inner width and height of the drawing; the template's viewBox knows the margins. */
  private static final double WIDTH = 400;

  private static final double HEIGHT = 150;

  /**
   * A polyline.
   *
   * @param style the CSS class that colours it
   * @param points SVG points
   * @param seed the training seed
   */
  public record Line(String style, String points, long seed) {}

  private record Point(int step, double loss) {}

  /** One chart for each recipe and stage with at least two reports of progress. */
  public static List<LossChart> of(Collection<RunResult> runs) {
    List<LossChart> charts = new ArrayList<>();
    for (Recipe recipe : runs.stream().map(RunResult::recipe).distinct().sorted().toList()) {
      List<RunResult> ofRecipe = runs.stream().filter(run -> run.recipe() == recipe).toList();
      for (String stage : stages(ofRecipe)) {
        List<List<Point>> series = ofRecipe.stream().map(run -> points(run, stage)).toList();
        if (series.stream().anyMatch(points -> points.size() > 1)) {
          charts.add(chart(recipe.recipeName() + ", " + stage, ofRecipe, series));
        }
      }
    }
    return charts;
  }

  private static List<String> stages(List<RunResult> runs) {
    return runs.stream()
        .flatMap(run -> run.events().stream())
        .map(RunEvent::stage)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static List<Point> points(RunResult run, String stage) {
    return run.events().stream()
        .filter(event -> stage.equals(event.stage()) && event.progress() != null)
        .filter(event -> Double.isFinite(event.progress().loss()))
        .map(event -> new Point(event.progress().step(), event.progress().loss()))
        .toList();
  }

  private static LossChart chart(String title, List<RunResult> runs, List<List<Point>> series) {
    double least = all(series).mapToDouble(Point::loss).min().orElse(0);
    double most = all(series).mapToDouble(Point::loss).max().orElse(1);
    int lastStep = all(series).mapToInt(Point::step).max().orElse(1);
    boolean logarithmic = least > 0 && most / least > 4;
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      StringBuilder points = new StringBuilder();
      for (Point point : series.get(i)) {
        double x = WIDTH * point.step() / Math.max(1, lastStep);
        double y = HEIGHT * (1 - height(point.loss(), least, most, logarithmic));
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      }
      lines.add(new Line("line" + i % 6, points.toString().strip(), runs.get(i).seed()));
    }
    return new LossChart(
        title,
        lines,
        label(most),
        label(least),
        Integer.toString(lastStep),
        logarithmic ? "logarithmic" : "linear");
  }

  private static java.util.stream.Stream<Point> all(List<List<Point>> series) {
    return series.stream().flatMap(List::stream);
  }

  private static double height(double loss, double least, double most, boolean logarithmic) {
    if (most <= least) {
      return 0.5;
    }
    return logarithmic
        ? Math.log(loss / least) / Math.log(most / least)
        : (loss - least) / (most - least);
  }

  private static String label(double loss) {
    return String.format(Locale.ROOT, Math.abs(loss) < 0.1 ? "%.4f" : "%.2f", loss);
  }
}
