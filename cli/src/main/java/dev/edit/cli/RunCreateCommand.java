package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.files.JsonFile;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.runs.RunOrders;
import dev.edit.cli.runs.RunTopics;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.RunCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit run create}. */
@Command(
    name = "create",
    description = {
      "Orders a run.",
      "It trains on all of edit.key-steps as it is now; the offsets become part of the run, so"
          + " that it can be repeated. Creating the same run twice changes nothing."
    },
    sortOptions = false)
final class RunCreateCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private KafkaOption kafka;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private JsonOption json;

  /** A whole run, or its few fields that have no default. */
  private static final class Source {
    @Option(
        names = "--file",
        paramLabel = "F",
        description =
            "The run as JSON, as edit.runs takes it; without dataset.offsets all of edit.key-steps"
                + " is meant.")
    private Path file;

    @ArgGroup(exclusive = false)
    private Fields fields;
  }

  /** A run with the hyperparameters of a preset. */
  private static final class Fields {
    @Option(names = "--id", paramLabel = "ID", required = true, description = "The run's name.")
    private String id;

    @Option(
        names = "--recipe",
        paramLabel = "R",
        required = true,
        completionCandidates = RecipeNames.class,
        description = "One of ${COMPLETION-CANDIDATES}.")
    private String recipe;

    @Option(
        names = "--student",
        paramLabel = "DIR",
        required = true,
        description = "The student's folder as the trainer sees it.")
    private String student;

    @Option(
        names = "--preset",
        paramLabel = "NAME",
        defaultValue = Presets.PAPER,
        description = "Hyperparameters (default: ${DEFAULT-VALUE}).")
    private String preset;

    @Option(
        names = "--task",
        paramLabel = "T",
        split = ",",
        description = "Tasks to train on (default: all).")
    private List<String> tasks = List.of();

    @Option(
        names = "--held-out-duals",
        paramLabel = "SHARE",
        description =
            "Share of the problems of which nothing is trained on, so that the evaluator can look"
                + " at their key steps (default: none).")
    private Double heldOutDuals;

    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "0",
        description = "Seed of all that is drawn (default: ${DEFAULT-VALUE}).")
    private long seed;
  }

  @Override
  public Integer call() throws Exception {
    try (RunTopics topics = new RunTopics(kafka.bootstrapServers());
        RecordPublisher publisher = new RecordPublisher(kafka.bootstrapServers())) {
      Run wanted = source.file == null ? fromFields(topics) : fromFile(topics);
      RunCheck.require(wanted);
      topics.catchUp();
      Run run = RunOrders.create(wanted, topics.find(wanted.id()));
      publisher.publish(Topics.RUNS, Run.class, List.of(run));
      json.print(summary(run), out -> out.println("run " + run.id() + " ordered"));
      return 0;
    }
  }

  private Run fromFields(RunTopics topics) {
    Recipe recipe = Recipe.named(source.fields.recipe);
    return new Run(
        source.fields.id,
        recipe,
        source.fields.student,
        Presets.named(source.fields.preset, recipe),
        new Run.DatasetSelector(
            topics.wholeDataset(), source.fields.tasks, null, null, source.fields.heldOutDuals),
        source.fields.seed);
  }

  private Run fromFile(RunTopics topics) throws IOException {
    try {
      ObjectNode tree = JsonFile.object(source.file);
      if (!tree.has("schemaVersion")) {
        tree.put("schemaVersion", RecordCodec.SCHEMA_VERSION);
      }
      ObjectNode dataset =
          tree.get("dataset") instanceof ObjectNode given ? given : tree.putObject("dataset");
      if (!dataset.has("offsets")) {
        dataset.set("offsets", JSON.valueToTree(topics.wholeDataset()));
      }
      if (!dataset.has("tasks")) {
        dataset.putArray("tasks");
      }
      return RecordCodec.of(Run.class).decodeKnown(JSON.writeValueAsBytes(tree));
    } catch (UnreadableRecordException e) {
      throw new CommandFailure(source.file + ": " + e.getMessage(), e);
    }
  }

  private static ObjectNode summary(Run run) {
    return JSON.createObjectNode()
        .put("run", run.id())
        .put("recipe", run.recipe().recipeName())
        .put("epoch", run.epoch());
  }
}
