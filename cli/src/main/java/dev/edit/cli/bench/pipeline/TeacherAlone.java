package dev.edit.cli.bench.pipeline;

import dev.edit.cli.machine.LocalServices;
import dev.edit.contracts.Problem;
import dev.edit.families.PromptPackFiles;
import dev.edit.openai.Backoff;
import dev.edit.openai.Endpoint;
import dev.edit.openai.OpenAiClient;
import dev.edit.openai.OpenAiClient.Effort;
import dev.edit.openai.OpenAiClient.Request;
import dev.edit.openai.Prompt;
import dev.edit.openai.Reply;
import dev.edit.openai.Sampling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The same teacher asked by a plain client, as many calls at once as the generator makes: what the
 * teacher gives on this machine where nothing is in front of it. The prompts are the prompt pack's
 * examples and a problem of the batch, first as it is, then with its answer as a hint.
 */
final class TeacherAlone {
  private static final Map<String, String> PACK = PromptPackFiles.contents();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Sampling SAMPLING = new Sampling(2048, 0.2, 1, 1, OptionalLong.empty());

  private TeacherAlone() {}

  /** Calls a second over so many calls. */
  static double callsPerSecond(URI teacher, int concurrency, List<Problem> problems, long calls) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      Problem problem = problems.get(i % problems.size());
      boolean hinted = (i / problems.size()) % 2 == 1;
      requests.add(new Request(Prompt.Chat.user(prompt(problem, hinted)), SAMPLING));
    }
    Endpoint endpoint =
        new Endpoint(teacher, LocalServices.SIMULATED_MODEL, Optional.empty(), Map.of(), TIMEOUT);
    try (OpenAiClient client =
        new OpenAiClient(endpoint, new Effort(concurrency, 0, Backoff.usual()))) {
      // The connections are made before the time is taken.
      client.askAll(
          requests.subList(0, Math.min(requests.size(), concurrency)), TeacherAlone::take);
      long start = System.nanoTime();
      client.askAll(requests, TeacherAlone::take);
      return requests.size() / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static String prompt(Problem problem, boolean hinted) {
    String examples = PACK.get((hinted ? "cot-ahp/" : "cot-prompts/") + problem.task() + ".txt");
    String hint = hinted ? "H: The correct answer is " + problem.answer() + ".\n" : "";
    return examples + "\nQ: " + problem.question() + "\n" + hint + "A: Let's think step by step.";
  }

  private static Reply take(Reply reply) {
    if (!(reply instanceof Reply.Answers)) {
      throw new IllegalStateException("the simulated teacher does not answer: " + reply);
    }
    return reply;
  }
}
