package dev.edit.datasets.results;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.GroupMeans;
import dev.edit.contracts.StudentPrompt;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run's evaluations as lm-evaluation-harness writes results (its {@code results_<time>.json}): a
 * benchmark is a group, its tasks are the group's subtasks.
 *
 * <p>The group's figure is the micro average, each problem counting once; {@code macro} beside it
 * counts each task once.
 */
public final class LmEvalResults {
  /** How an answer is taken from a response, by the name that the harness would give the filter. */
  public static final String FILTER = "the-answer-is";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METRIC = "exact_match";
  private static final JsonPointer FILTERS =
      JsonPointer.compile("/aggregate_metric_list/0/filter_list");
  private static final int VERSION = 1;

  /** The harness stamps its files like this, without colons. */
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSSSSS").withZone(ZoneOffset.UTC);

  private LmEvalResults() {}

  /** The time in a file's name. */
  public static String stamp(Instant at) {
    return STAMP.format(at);
  }

  /** The name of a benchmark's task among the results: {@code <benchmark>_<task>}. */
  public static String taskName(String benchmark, String task) {
    return benchmark + "_" + task;
  }

  /**
   * The results of one run.
   *
   * @param evaluations the run's, one for each benchmark and way of decoding; figures of one
   *     benchmark stand beside each other by their filters
   * @param model what was evaluated, such as a checkpoint's folder
   * @param at when the file is written
   */
  public static ObjectNode of(Collection<Evaluation> evaluations, String model, Instant at) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode results = root.putObject("results");
    ObjectNode groups = root.putObject("groups");
    ObjectNode subtasks = root.putObject("group_subtasks");
    ObjectNode configs = root.putObject("configs");
    ObjectNode versions = root.putObject("versions");
    ObjectNode shots = root.putObject("n-shot");
    ObjectNode better = root.putObject("higher_is_better");
    ObjectNode samples = root.putObject("n-samples");
    for (Evaluation evaluation : evaluations) {
      String group = evaluation.benchmark();
      String filter = evaluation.config().getOrDefault("filter", FILTER);
      ObjectNode overall = figures(group, evaluation.overall(), filter);
      overall.put(GroupMeans.MACRO + "," + filter, GroupMeans.macro(evaluation));
      configs.set(group, group(evaluation, configs.path(group).at(FILTERS), filter));
      results.withObjectProperty(group).setAll(overall);
      groups.withObjectProperty(group).setAll(overall);
      better.putObject(group).put(METRIC, true);
      versions.put(group, VERSION);
      ArrayNode members = subtasks.putArray(group);
      for (Map.Entry<String, Score> task : new TreeMap<>(evaluation.tasks()).entrySet()) {
        String name = taskName(group, task.getKey());
        members.add(name);
        results
            .withObjectProperty(name)
            .setAll(figures(" - " + task.getKey(), task.getValue(), filter));
        configs.set(name, config(name, evaluation));
        versions.put(name, VERSION);
        shots.put(name, shots(evaluation));
        better.putObject(name).put(METRIC, true);
        int n = task.getValue().n();
        samples.putObject(name).put("original", n).put("effective", n);
      }
    }
    root.set("config", run(evaluations, model));
    root.put("date", at.toEpochMilli() / 1e3);
    return root;
  }

  private static ObjectNode figures(String alias, Score score, String filter) {
    ObjectNode figures =
        JSON.createObjectNode()
            .put("alias", alias)
            .put(METRIC + "," + filter, score.accuracy())
            .put(METRIC + "_stderr," + filter, score.stderr())
            .put("unanswered," + filter, score.unanswered());
    return score.truncated() == null
        ? figures
        : figures.put("truncated," + filter, score.truncated());
  }

  /** What a group's figure is, as the harness says it: weighed by size is the micro average. */
  private static ObjectNode group(Evaluation evaluation, JsonNode former, String filter) {
    ObjectNode config = JSON.createObjectNode().put("group", evaluation.benchmark());
    ArrayNode filters =
        config
            .putArray("aggregate_metric_list")
            .addObject()
            .put("metric", METRIC)
            .put("aggregation", "mean")
            .put("weight_by_size", true)
            .putArray("filter_list");
    former.forEach(filters::add);
    filters.add(filter);
    config.putObject("metadata").put("version", VERSION).put("mean", GroupMeans.MICRO);
    return config;
  }

  private static ObjectNode config(String name, Evaluation evaluation) {
    ObjectNode config =
        JSON.createObjectNode()
            .put("task", name)
            .put("group", evaluation.benchmark())
            .put("doc_to_text", prompt(evaluation))
            .put("doc_to_target", "{{answer}}")
            .put("num_fewshot", shots(evaluation))
            .put("output_type", "generate_until");
    config
        .putArray("metric_list")
        .addObject()
        .put("metric", METRIC)
        .put("aggregation", "mean")
        .put("higher_is_better", true);
    ObjectNode metadata = config.putObject("metadata").put("version", VERSION);
    String digest = evaluation.config().get("promptSha256");
    if (digest != null) {
      metadata.put("promptSha256", digest);
    }
    return config;
  }

  /** The template's file; before there were files, all students were asked in one way. */
  private static String prompt(Evaluation evaluation) {
    String file = evaluation.config().get("prompt");
    return file == null ? StudentPrompt.render("{{question}}") : "file:" + file;
  }

  private static int shots(Evaluation evaluation) {
    return Integer.parseInt(evaluation.config().getOrDefault("shots", "0"));
  }

  private static ObjectNode run(Collection<Evaluation> evaluations, String model) {
    ObjectNode config = JSON.createObjectNode();
    config.put("model", "edit-student").put("model_args", "pretrained=" + model);
    for (Evaluation evaluation : evaluations) {
      config.put("run", evaluation.run()).put("recipe", evaluation.recipe().recipeName());
      config.put("random_seed", evaluation.seed()).put("model_sha", evaluation.checkpoint());
      boolean greedy = evaluation.decoding().equals(Evaluation.GREEDY);
      ObjectNode decoding =
          config.putObject(greedy ? "gen_kwargs" : "gen_kwargs_" + evaluation.decoding());
      new TreeMap<>(evaluation.config()).forEach(decoding::put);
    }
    return config;
  }
}
