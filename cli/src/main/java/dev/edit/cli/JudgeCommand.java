package dev.edit.cli;

import dev.edit.cli.judge.Judge;
import dev.edit.cli.judge.Judge.Judged;
import dev.edit.cli.judge.JudgeFigures;
import dev.edit.cli.judge.JudgeInput;
import dev.edit.cli.judge.JudgePrompt;
import dev.edit.cli.judge.JudgeReport;
import dev.edit.cli.judge.JudgedProblem;
import dev.edit.cli.judge.KeptVerdicts;
import dev.edit.cli.terminal.Screen;
import dev.edit.openai.Backoff;
import dev.edit.openai.Endpoint;
import dev.edit.openai.OpenAiClient;
import dev.edit.openai.OpenAiClient.Effort;
import dev.edit.openai.Sampling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit judge}. */
@Command(
    name = "judge",
    description = {
      "Has a language model judge how well students' chains of thought show the key steps.",
      "Reads the samples files that the evaluator writes. The model reads the reference and all"
          + " answers to a problem, anonymous and in an order drawn from the seed, and gives each"
          + " 1 to 10. A reply that is not exactly the scores is counted and never guessed at.",
      "The model's key is read from EDIT_JUDGE_API_KEY."
    },
    sortOptions = false)
final class JudgeCommand implements Callable<Integer> {
  private static final String KEY = "EDIT_JUDGE_API_KEY";

  @Option(
      names = "--samples",
      paramLabel = "[NAME=]FILE",
      arity = "1..*",
      required = true,
      description =
          "Samples files of two students or more; a student's name is that of the file's folder"
              + " unless it is given.")
  private List<String> samples;

  @Option(
      names = "--references",
      paramLabel = "F",
      required = true,
      description = "Lines of {\"id\", \"cot\"} or {\"question\", \"cot\"}.")
  private Path references;

  @Option(
      names = "--teacher",
      paramLabel = "URL",
      required = true,
      description = "Base URL of an OpenAI-compatible API, such as http://host/v1.")
  private URI url;

  @Option(names = "--model", paramLabel = "NAME", required = true, description = "The judge.")
  private String model;

  @Option(
      names = "--output",
      paramLabel = "F",
      required = true,
      description =
          "A line a problem: the order, the reply, the scores. Until it is complete the verdicts"
              + " are kept in F.kept; where the endpoint fails, the same command goes on from"
              + " there.")
  private Path output;

  @Option(
      names = "--prompt",
      paramLabel = "F",
      description = "Other words, with the places {question}, {reference}, {answers} and {scores}.")
  private Path prompt;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the orders (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Judges the first N problems in the order of their ids.")
  private Integer most;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "Of the judge (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Longest reply (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "8",
      description = "Requests at once (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "5",
      description = "Tries after the first of a request (default: ${DEFAULT-VALUE}).")
  private int retries;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "The longest a request may take (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.atLeast("--concurrency", concurrency, 1);
    OptionValue.atLeast("--retries", retries, 0);
    OptionValue.atLeast("--timeout", timeout, 1);
    OptionValue.atLeast("--max-tokens", maxTokens, 1);
    OptionValue.atLeast("--most", most == null ? 1 : most, 1);
    Endpoint endpoint = endpoint();
    JudgeInput input =
        JudgeInput.read(samples.stream().map(JudgeInput.Samples::parse).toList(), references);
    List<JudgedProblem> problems =
        input.problems().stream().limit(most == null ? Long.MAX_VALUE : most).toList();
    if (problems.isEmpty()) {
      throw new CommandFailure(
          "nothing to judge: %d problems are not answered by all, %d have no reference"
              .formatted(input.notShared(), input.withoutReference()));
    }
    JudgePrompt words = prompt == null ? JudgePrompt.builtIn() : JudgePrompt.read(prompt);
    List<Judged> judged = judge(problems, words, endpoint);
    JudgeReport report = new JudgeReport(model, input, JudgeFigures.of(judged));
    report.lines().forEach(Screen.standard().out()::println);
    json.also(report.json());
    return 0;
  }

  private List<Judged> judge(List<JudgedProblem> problems, JudgePrompt words, Endpoint endpoint)
      throws IOException {
    try (KeptVerdicts kept = KeptVerdicts.beside(output);
        OpenAiClient client =
            new OpenAiClient(endpoint, new Effort(concurrency, retries, Backoff.usual()))) {
      List<Judged> judged;
      try {
        judged = new Judge(client, model, words, sampling(), seed).judge(problems, kept);
      } catch (CommandFailure e) {
        throw kept.count() == 0 ? e : new CommandFailure(e.getMessage() + goesOn(kept), e);
      }
      kept.complete(judged);
      return judged;
    }
  }

  private static String goesOn(KeptVerdicts kept) {
    return "; %d verdicts are kept in %s: the same command goes on from there"
        .formatted(kept.count(), kept.file());
  }

  private Endpoint endpoint() {
    return new Endpoint(
        Endpoint.requireUrl("--teacher", url),
        model,
        Optional.ofNullable(System.getenv(KEY))
            .map(key -> new Endpoint.ApiKey("Authorization", key)),
        Map.of(),
        Duration.ofSeconds(timeout));
  }

  private Sampling sampling() {
    return new Sampling(maxTokens, temperature, 1, 1, OptionalLong.empty());
  }
}
