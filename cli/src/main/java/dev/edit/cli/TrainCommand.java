package dev.edit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.files.JsonFile;
import dev.edit.cli.machine.Installation;
import dev.edit.cli.terminal.Screen;
import dev.edit.cli.training.TrainingData;
import dev.edit.cli.training.WorkerProcess;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.RunCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit train}. */
@Command(
    name = "train",
    description = {
      "Trains a student on a file, by the worker that trains runs from Kafka.",
      "Each line of the data is a KeySteps record, or {\"prompt\", \"right\", \"wrong\"} with"
          + " optional \"id\" and \"task\"; \"wrong\" may be missing. A training that was"
          + " interrupted goes on when it is started again with the same arguments."
    },
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--data", paramLabel = "F", required = true, description = "JSON lines.")
  private Path data;

  @Option(
      names = "--student",
      paramLabel = "DIR",
      required = true,
      description = "The student to start from, in Hugging Face layout.")
  private Path student;

  @Option(
      names = "--recipe",
      paramLabel = "R",
      required = true,
      completionCandidates = RecipeNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String recipe;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "The run's folder; its last name is the run's id.")
  private Path output;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.PAPER,
      description = "Hyperparameters (default: ${DEFAULT-VALUE}).")
  private String preset;

  @Option(
      names = "--hyperparameters",
      paramLabel = "F",
      description = "Hyperparameters as JSON, as a Run holds them, in place of a preset.")
  private Path hyperparameters;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of all that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "cpu, cuda:N, or auto: a GPU where there is one (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of libtorch; one gives the same bits every time (default: 1).")
  private int threads;

  @Option(
      names = "--save-every",
      paramLabel = "STEPS",
      defaultValue = "0",
      description = "Saves the state every so many steps (default: every five minutes).")
  private int saveEvery;

  @Option(
      names = "--report-every",
      paramLabel = "STEPS",
      defaultValue = "25",
      description = "Steps between two lines of progress (default: ${DEFAULT-VALUE}).")
  private int reportEvery;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.atLeast("--threads", threads, 1);
    OptionValue.atLeast("--save-every", saveEvery, 0);
    OptionValue.atLeast("--report-every", reportEvery, 1);
    JsonNode settings = settings();
    Path folder = output.toAbsolutePath().normalize();
    if (folder.getParent() == null) {
      throw new CommandFailure("--output: expected a folder with a name, got " + output);
    }
    Path jar = Installation.current().jarOf("trainer-service");
    TrainingData set = TrainingData.of(data, student, folder.resolve("data.jsonl"));
    Run run = run(folder.getFileName().toString(), settings, set.records());
    RunCheck.require(run);
    Path spec = folder.resolve("run.json");
    Files.write(spec, RecordCodec.of(Run.class).encode(run));
    Told told = new Told(Screen.standard().out(), !json.wanted());
    int exit =
        new WorkerProcess(jar, folder.resolve("worker.log"))
            .run(arguments(folder, set, spec), threads, told);
    if (exit != 0 || told.last == null) {
      throw new CommandFailure(
          "%s (exit code %d; the worker's log is %s)"
              .formatted(
                  told.failure == null ? "the worker ended without a result" : told.failure,
                  exit,
                  folder.resolve("worker.log")));
    }
    Checkpoint last = told.last;
    json.print(
        figures(last), out -> out.printf("trained: %s (SHA-256 %s)%n", last.uri(), last.sha256()));
    return 0;
  }

  private List<String> arguments(Path folder, TrainingData set, Path spec) {
    Duration time = saveEvery > 0 ? Duration.ZERO : Duration.ofMinutes(5);
    return List.of(
        "--data",
        set.file().toString(),
        "--spec",
        spec.toString(),
        "--checkpoints",
        folder.getParent().toString(),
        "--report-every",
        Integer.toString(reportEvery),
        "--save-every-steps",
        Integer.toString(saveEvery),
        "--save-every",
        Long.toString(time.toMillis()),
        "--device",
        device);
  }

  private JsonNode settings() throws IOException {
    Recipe named = Recipe.named(recipe);
    return hyperparameters == null
        ? JSON.valueToTree(Presets.named(preset, named))
        : JsonFile.object(hyperparameters);
  }

  private Run run(String id, JsonNode settings, long records) throws IOException {
    ObjectNode tree = JSON.createObjectNode().put("schemaVersion", RecordCodec.SCHEMA_VERSION);
    tree.put("id", id).put("recipe", recipe);
    tree.put("student", student.toAbsolutePath().normalize().toString());
    tree.set("hyperparameters", settings);
    ObjectNode dataset = tree.putObject("dataset");
    dataset.putArray("offsets").addObject().put("partition", 0).put("from", 0).put("to", records);
    dataset.putArray("tasks");
    tree.put("seed", seed);
    return RecordCodec.of(Run.class).decodeKnown(JSON.writeValueAsBytes(tree));
  }

  private static ObjectNode figures(Checkpoint last) {
    return JSON.createObjectNode()
        .put("run", last.run())
        .put("recipe", last.recipe().recipeName())
        .put("checkpoint", last.uri())
        .put("kind", last.adapter() ? "adapter" : "model")
        .put("sha256", last.sha256())
        .put("steps", last.step())
        .put("records", last.manifest().records())
        .put("tokens", last.manifest().tokens())
        .put("trainSeconds", last.manifest().trainSeconds());
  }

  /** Shows what the worker tells. */
  private static final class Told implements WorkerProcess.Listener {
    private final PrintStream out;
    private final boolean shown;
    private Checkpoint last;
    private String failure;

    Told(PrintStream out, boolean shown) {
      this.out = out;
      this.shown = shown;
    }

    @Override
    public void event(RunEvent event) {
      if (event.state() == RunEvent.State.FAILED) {
        failure = event.message();
      } else if (event.progress() != null) {
        show(line(event.stage(), event.progress()));
      } else if (event.message() != null) {
        show(event.message());
      }
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
      show("checkpoint " + checkpoint.uri());
      if (checkpoint.last()) {
        last = checkpoint;
      }
    }

    private void show(String line) {
      if (shown) {
        out.println(line);
      }
    }

    private static String line(String stage, Progress progress) {
      return String.format(
          Locale.ROOT,
          "%-8s %d/%d  loss %.4f  rate %.2e  gradient %.3f  %.0f tokens/s  %s left",
          stage,
          progress.step(),
          progress.steps(),
          progress.loss(),
          progress.learningRate(),
          progress.gradientNorm(),
          progress.tokensPerSecond(),
          progress.etaSeconds() == null
              ? "?"
              : Duration.ofSeconds(Math.round(progress.etaSeconds())).toString().substring(2));
    }
  }
}
