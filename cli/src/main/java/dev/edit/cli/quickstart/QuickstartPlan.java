package dev.edit.cli.quickstart;

import dev.edit.cli.OptionValue;
import dev.edit.contracts.recipe.Recipe;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A quickstart as it was typed.
 *
 * @param problems train problems
 * @param testProblems in-domain test problems
 * @param seed the seed
 * @param recipes names
 * @param seeds students of each recipe
 */
public record QuickstartPlan(
    int problems, int testProblems, long seed, List<String> recipes, int seeds) {
  private static final int MOST = 1_000_000;

  /**
   * Checks what was typed.
   *
   * @param teacher null for the simulated one
   * @param model given exactly where {@code teacher} is
   * @throws IllegalArgumentException naming the option, what it was and what was expected
   */
  public QuickstartOptions options(int sftSteps, int krslSteps, URI teacher, String model) {
    if ((teacher == null) != (model == null)) {
      throw new IllegalArgumentException("--teacher and --model: expected both or neither");
    }
    if (teacher != null && (teacher.getHost() == null || !isHttp(teacher))) {
      throw new IllegalArgumentException(
          "--teacher: expected a URL such as http://host/v1, got '" + teacher + "'");
    }
    OptionValue.within("--problems", problems, 1, MOST);
    OptionValue.within("--test-problems", testProblems, 1, MOST);
    OptionValue.within("--seeds", seeds, 1, MOST);
    OptionValue.within("--sft-steps", sftSteps, 0, MOST);
    OptionValue.within("--krsl-steps", krslSteps, 0, MOST);
    return new QuickstartOptions(
        seed,
        QuickstartSettings.sizes(problems, testProblems),
        recipes.stream().map(Recipe::named).toList(),
        seeds,
        QuickstartSettings.hyperparameters(sftSteps, krslSteps),
        Optional.ofNullable(teacher).map(url -> new QuickstartOptions.RealTeacher(url, model)));
  }

  private static boolean isHttp(URI uri) {
    return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
  }
}
