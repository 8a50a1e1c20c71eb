package dev.edit.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.recipe.DpoSpec;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.KrslSpec;
import dev.edit.contracts.recipe.LoraSpec;
import dev.edit.contracts.recipe.MemorySpec;
import dev.edit.contracts.recipe.OptimizerSpec;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.StageSpec;
import dev.edit.student.Scorer;
import dev.edit.student.Student;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.trainer.TinyStudent;
import dev.edit.trainer.domain.TrainingSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every recipe through the worker's file path in libtorch. A step reads all examples at once and
 * the rate is as small as it can be, so the first reported loss of a stage is the objective's value
 * on the student that it starts from; it is computed here once more, from the paper's words and the
 * student's log-probabilities alone.
 */
class RecipesIT {
  private static final OptimizerSpec ADAMW = new OptimizerSpec(0.9, 0.98, 1e-8, 0, 0);
  private static final double TINY_RATE = 1e-12;
  private static final double TOLERANCE = 2e-5;
  private static final double ANSWER_WEIGHT = 0.3;

  @TempDir Path folder;
  private Path student;
  private List<KeySteps> records;
  private Student model;
  private Tokenizer tokenizer;

  /** What a worker told. */
  private record Told(WorkerExit exit, List<RunEvent> events, List<Checkpoint> checkpoints) {
    List<RunEvent.Progress> progress(String stage) {
      return events.stream()
          .filter(event -> event.progress() != null && stage.equals(event.stage()))
          .map(RunEvent::progress)
          .toList();
    }
  }

  /** A response with the weight of each of its tokens' negative log-likelihood. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
  private record Row(int[] prompt, int[] response, double[] weights) {}

  /** Rows of one task, and how much the task weighs. */
  private record Task(double weight, List<Row> rows) {}

  @BeforeEach
  void open() throws IOException {
    student = TinyStudent.write(folder.resolve("student"));
    records = TinyStudent.records(student, 15);
    model = Student.load(student);
    tokenizer = Tokenizer.load(student);
  }

  @AfterEach
  void close() {
    model.close();
    tokenizer.close();
  }

  private Run run(Recipe recipe, Hyperparameters settings) {
    Run.DatasetSelector all =
        new Run.DatasetSelector(List.of(new Run.PartitionRange(0, 0, records.size())), List.of());
    return new Run(recipe.recipeName(), recipe, student.toString(), settings, all, 7);
  }

  private Told train(Recipe recipe, Hyperparameters settings) throws IOException {
    Run run = run(recipe, settings);
    Path spec = folder.resolve("run.json");
    Path data = folder.resolve("data.jsonl");
    Files.write(spec, RecordCodec.of(Run.class).encode(run));
    List<String> lines = new ArrayList<>();
    for (KeySteps record : records) {
      lines.add(new String(RecordCodec.of(KeySteps.class).encode(record), StandardCharsets.UTF_8));
    }
    Files.write(data, lines);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> arguments =
        List.of(
            "--data", data.toString(),
            "--spec", spec.toString(),
            "--checkpoints", folder.resolve("runs").toString(),
            "--report-every", "1");
    WorkerExit exit =
        new FileWorker(
                FileArguments.parse(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                () -> false)
            .call();
    return told(exit, out.toString(StandardCharsets.UTF_8));
  }

  private static Told told(WorkerExit exit, String output) {
    List<RunEvent> events = new ArrayList<>();
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (String line : output.split("\n")) {
      byte[] json = line.getBytes(StandardCharsets.UTF_8);
      if (line.contains("\"uri\"")) {
        checkpoints.add(RecordCodec.of(Checkpoint.class).decode(json));
      } else {
        events.add(RecordCodec.of(RunEvent.class).decode(json));
      }
    }
    return new Told(exit, events, checkpoints);
  }

  private static StageSpec stage(int steps, double rate) {
    return new StageSpec(steps, 64, rate, StageSpec.Schedule.CONSTANT, 0, ADAMW);
  }

  private static Hyperparameters settings(Recipe recipe, int steps, double rate) {
    boolean krsl = recipe.krsl();
    boolean dpo = recipe == Recipe.DPO;
    return new Hyperparameters(
        stage(steps, rate),
        krsl ? stage(steps, rate) : null,
        krsl ? KrslSpec.REFERENCE : null,
        64,
        false,
        dpo ? new DpoSpec(stage(steps, rate), 0.1) : null,
        recipe.sftView().multiTask() ? (Double) ANSWER_WEIGHT : null,
        null,
        null,
        null,
        null);
  }

  @ParameterizedTest
  @EnumSource(Recipe.class)
  void shouldHaveTheObjectiveOfThePaper(Recipe recipe) throws IOException {
    Told told = train(recipe, settings(recipe, 1, TINY_RATE));

    assertThat(told.exit()).isEqualTo(WorkerExit.SUCCESS);
    String[] stages =
        switch (recipe) {
          case EDIT, EDIT_NO_RWC -> new String[] {"sft", "krsl"};
          case DPO -> new String[] {"sft", "dpo"};
          default -> new String[] {"sft"};
        };
    assertThat(told.checkpoints()).extracting(Checkpoint::stage).containsExactly(stages);
    assertThat(told.progress("sft").get(0).loss()).isCloseTo(value(sft(recipe)), within(TOLERANCE));
    if (recipe.krsl()) {
      assertThat(told.progress("krsl").get(0).loss()).isCloseTo(krsl(), within(TOLERANCE));
    }
    if (recipe == Recipe.DPO) {
      // Nothing has been gained over the reference, which is the student itself.
      assertThat(told.progress("dpo").get(0).loss()).isCloseTo(Math.log(2), within(TOLERANCE));
    }
    assertThat(told.checkpoints().get(0).manifest().examples().sft()).isEqualTo(examples(recipe));
  }

  @ParameterizedTest
  @EnumSource(Recipe.class)
  void shouldLowerItsObjectiveAndLeaveAStudentThatLoads(Recipe recipe) throws IOException {
    Told told = train(recipe, settings(recipe, 8, 5e-3));

    for (Checkpoint checkpoint : told.checkpoints()) {
      List<RunEvent.Progress> progress = told.progress(checkpoint.stage());
      assertThat(progress).hasSize(8);
      assertThat(progress.get(7).loss()).as(checkpoint.stage()).isLessThan(progress.get(0).loss());
    }
    Checkpoint last = told.checkpoints().get(told.checkpoints().size() - 1);
    assertThat(last.last()).isTrue();
    try (Student loaded = Student.load(Path.of(last.uri()))) {
      assertThat(loaded.sha256()).isEqualTo(last.sha256());
    }
  }

  @Test
  void shouldTrainAnAdapterInBfloat16WithRecomputedLayers() throws IOException {
    Hyperparameters settings =
        new Hyperparameters(
                stage(10, 2e-2),
                stage(4, 1e-3),
                KrslSpec.REFERENCE,
                64,
                false,
                null,
                null,
                new LoraSpec(8, 16, 0, List.of("q_proj", "v_proj", "down_proj")),
                Hyperparameters.Precision.BF16,
                null,
                null)
            .withMemory(new MemorySpec(true, true));

    Told told = train(Recipe.EDIT, settings);

    assertThat(told.exit()).isEqualTo(WorkerExit.SUCCESS);
    assertThat(told.events().get(0).message())
        .isEqualTo("starts from the beginning; on cpu in bf16");
    List<RunEvent.Progress> sft = told.progress("sft");
    assertThat(sft.get(9).loss()).isLessThan(sft.get(0).loss() * 0.9);
    Path last = Path.of(told.checkpoints().get(1).uri());
    double before = value(sft(Recipe.EDIT));
    model.attach(AdapterFolder.read(last, model.config()).adapter());
    assertThat(value(sft(Recipe.EDIT))).isLessThan(before * 0.95);
  }

  // The paper's words, once more.

  private List<KeySteps> own() {
    return records.stream().filter(record -> record.origin() == Origin.CORRUPTED).toList();
  }

  private List<KeySteps> duals() {
    return records.stream().filter(record -> record.wrong() != null).toList();
  }

  private List<Task> sft(Recipe recipe) {
    return switch (recipe) {
      case STD_COT, EDIT_NO_RWC -> one(own().stream().map(this::right));
      case STD_COT_REPEAT -> one(repeated().stream().map(this::right));
      case EDIT, EDIT_NO_KRSL, DPO -> one(records.stream().map(this::right));
      case STD_COT_DUAL ->
          one(duals().stream().flatMap(record -> Stream.of(right(record), markedWrong(record))));
      case SCOTT ->
          one(
              Stream.concat(
                  own().stream().map(this::right),
                  own().stream().filter(record -> record.wrong() != null).map(this::wrongAnswer)));
      case MT_COT ->
          List.of(
              new Task(1 - ANSWER_WEIGHT, own().stream().map(this::right).toList()),
              new Task(ANSWER_WEIGHT, own().stream().map(r -> answer("[Answer] ", r)).toList()));
      case SBS ->
          List.of(
              new Task(1 - ANSWER_WEIGHT, own().stream().map(this::rationale).toList()),
              new Task(ANSWER_WEIGHT, own().stream().map(r -> answer("[Label] ", r)).toList()));
    };
  }

  private static List<Task> one(Stream<Row> rows) {
    return List.of(new Task(1, rows.toList()));
  }

  private int examples(Recipe recipe) {
    return switch (recipe) {
      case STD_COT, EDIT_NO_RWC, MT_COT, SBS -> own().size();
      case EDIT, EDIT_NO_KRSL, DPO -> records.size();
      case STD_COT_REPEAT -> records.size() + duals().size();
      case STD_COT_DUAL -> 2 * duals().size();
      case SCOTT -> own().size() + (int) own().stream().filter(r -> r.wrong() != null).count();
    };
  }

  /** Which ones are drawn again is the seed's matter; all of them are of D+, and each is there. */
  private List<KeySteps> repeated() {
    Run run = run(Recipe.STD_COT_REPEAT, settings(Recipe.STD_COT_REPEAT, 1, TINY_RATE));
    Map<String, KeySteps> byId = new TreeMap<>();
    own().forEach(record -> byId.put(record.key(), record));
    List<KeySteps> drawn =
        TrainingSet.select(records, run, new TokenizerText(tokenizer)).sft().stream()
            .map(item -> byId.get(item.id()))
            .toList();
    assertThat(drawn).doesNotContainNull().containsAll(own());
    return drawn;
  }

  private Row right(KeySteps record) {
    return whole(record.promptIds(), record.right().ids());
  }

  private Row markedWrong(KeySteps record) {
    return whole(prompt("[Counterfactual Reasoning] ", record), record.wrong().ids());
  }

  /** What follows "the answer is", and the end; the chain of thought before that is given. */
  private Row wrongAnswer(KeySteps record) {
    int[] ids = record.wrong().ids();
    String answer = record.wrong().text().split("the answer is", 2)[1];
    int tokens = tokenizer.encode(answer, false).ids().length + 1;
    double[] weights = new double[ids.length];
    Arrays.fill(weights, ids.length - tokens, ids.length, 1);
    return new Row(prompt("[Counterfactual Reasoning] ", record), ids, weights);
  }

  private Row answer(String marker, KeySteps record) {
    String sentence = "Therefore, the answer is %s.".formatted(record.problem().answer());
    return whole(prompt(marker, record), ended(sentence));
  }

  private Row rationale(KeySteps record) {
    String text = record.right().text();
    return whole(
        prompt("[Rationale] ", record), ended(text.substring(0, text.indexOf(" Therefore"))));
  }

  private static Row whole(int[] prompt, int[] response) {
    double[] weights = new double[response.length];
    Arrays.fill(weights, 1);
    return new Row(prompt, response, weights);
  }

  private int[] prompt(String marker, KeySteps record) {
    return tokenizer.encode(StudentPrompt.render(marker + record.problem().question()), true).ids();
  }

  private int[] ended(String text) {
    int[] ids = tokenizer.encode(text, false).ids();
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = 3;
    return ended;
  }

  /** The sum over tasks of their weight times the mean NLL of their weighted tokens. */
  private double value(List<Task> tasks) {
    double value = 0;
    for (Task task : tasks) {
      double sum = 0;
      double weight = 0;
      for (Row row : task.rows()) {
        sum += weighted(row);
        weight += Arrays.stream(row.weights()).sum();
      }
      value += task.weight() * sum / weight;
    }
    return value;
  }

  /** The mean over pairs: right key tokens are raised, wrong ones lowered, each by its side. */
  private double krsl() {
    double sum = 0;
    for (KeySteps record : duals()) {
      sum += weighted(keys(record, record.right(), 1.0)) / record.right().ids().length;
      sum -= weighted(keys(record, record.wrong(), 0.025)) / record.wrong().ids().length;
    }
    return sum / duals().size();
  }

  private static Row keys(KeySteps record, KeySteps.Side side, double weight) {
    double[] weights = new double[side.ids().length];
    for (int[] span : side.keyTokens()) {
      Arrays.fill(weights, span[0], span[1], weight);
    }
    return new Row(record.promptIds(), side.ids(), weights);
  }

  private double weighted(Row row) {
    int[] tokens = Arrays.copyOf(row.prompt(), row.prompt().length + row.response().length);
    System.arraycopy(row.response(), 0, tokens, row.prompt().length, row.response().length);
    double[] scores = Scorer.logProbabilities(model, List.of(tokens))[0];
    double sum = 0;
    for (int t = 0; t < row.response().length; t++) {
      sum -= row.weights()[t] * scores[row.prompt().length + t];
    }
    return sum;
  }
}
