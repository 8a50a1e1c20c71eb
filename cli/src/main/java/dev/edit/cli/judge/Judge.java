package dev.edit.cli.judge;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.openai.OpenAiClient;
import dev.edit.openai.OpenAiClient.Request;
import dev.edit.openai.Prompt;
import dev.edit.openai.Reply;
import dev.edit.openai.Reply.Answer;
import dev.edit.openai.Reply.Answers;
import dev.edit.openai.Reply.Finish;
import dev.edit.openai.Sampling;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a language model how well each answer shows the key reasoning steps (method, section 5.1 and
 * appendix C.4): all answers to a problem at once, anonymous, in an order drawn from a seed.
 */
public final class Judge {
  private final OpenAiClient client;
  private final JudgePrompt prompt;
  private final Sampling sampling;
  private final AnonymousOrder order;

  /**
   * @param sampling of the judge's replies
   * @param seed of the orders
   */
  public Judge(OpenAiClient client, JudgePrompt prompt, Sampling sampling, long seed) {
    this.client = client;
    this.prompt = prompt;
    this.sampling = sampling;
    this.order = new AnonymousOrder(seed);
  }

  /**
   * What came of a problem.
   *
   * @param problem its id
   * @param order the students in the order in which the judge read their answers
   * @param reply what the judge said
   * @param verdict what that comes to
   */
  public record Judged(String problem, List<String> order, String reply, Verdict verdict) {}

  /**
   * Judges all problems.
   *
   * @return in the order of the problems
   * @throws CommandFailure where the endpoint does not answer; what was judged so far is lost
   */
  public List<Judged> judge(List<JudgedProblem> problems) {
    List<List<String>> orders =
        problems.stream().map(p -> order.of(p.id(), p.answers().keySet())).toList();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      String text = prompt.render(problems.get(i), orders.get(i));
      requests.add(new Request(Prompt.Chat.user(text), sampling));
    }
    List<Answer> answers = client.askAll(requests, Judge::answer);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      judged.add(
          new Judged(
              problems.get(i).id(),
              orders.get(i),
              answers.get(i).text(),
              verdict(answers.get(i), orders.get(i))));
    }
    return judged;
  }

  private static Verdict verdict(Answer answer, List<String> order) {
    if (answer.finish() == Finish.LENGTH) {
      return new None(Reason.TRUNCATED, "the reply met the token limit");
    }
    return answer.finish() == Finish.STOP
        ? ScoreLines.read(answer.text(), order)
        : new None(Reason.REFUSED, "the judge or its content filter refused");
  }

  private static Answer answer(Reply reply) {
    if (reply instanceof Answers answers) {
      return answers.answers().get(0);
    }
    if (reply instanceof Reply.Refused refused) {
      throw new CommandFailure(
          "the judge's endpoint refused: HTTP status "
              + refused.status()
              + ": "
              + refused.message());
    }
    if (reply instanceof Reply.Malformed malformed) {
      throw new CommandFailure("the judge's endpoint: " + malformed.message());
    }
    throw new CommandFailure(
        "the judge's endpoint does not answer: " + ((Reply.Unavailable) reply).message());
  }
}
