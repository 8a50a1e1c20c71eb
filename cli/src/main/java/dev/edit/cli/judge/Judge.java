package dev.edit.cli.judge;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.contracts.codec.Sha256;
import dev.edit.openai.OpenAiClient;
import dev.edit.openai.OpenAiClient.Request;
import dev.edit.openai.Prompt;
import dev.edit.openai.Reply;
import dev.edit.openai.Reply.Answer;
import dev.edit.openai.Reply.Answers;
import dev.edit.openai.Reply.Finish;
import dev.edit.openai.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Asks a language model how well each answer shows the key reasoning steps (method, section 5.1 and
 * appendix C.4): all answers to a problem at once, anonymous, in an order drawn from a seed.
 */
public final class Judge {
  private final OpenAiClient client;
  private final String model;
  private final JudgePrompt prompt;
  private final Sampling sampling;
  private final AnonymousOrder order;

  /**
   * @param model the judge's name there
   * @param sampling of its replies
   * @param seed of the orders
   */
  public Judge(
      OpenAiClient client, String model, JudgePrompt prompt, Sampling sampling, long seed) {
    this.client = client;
    this.model = model;
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
   * A problem as it is put to the judge.
   *
   * @param asked names all that a verdict follows from
   */
  private record Question(String problem, List<String> order, String text, String asked) {}

  /**
   * Judges all problems; what is kept already is not asked again.
   *
   * @param kept takes each verdict as it comes
   * @return in the order of the problems
   * @throws CommandFailure where the endpoint does not answer or refuses
   */
  public List<Judged> judge(List<JudgedProblem> problems, KeptVerdicts kept) {
    List<Question> questions = problems.stream().map(this::question).toList();
    List<Question> missing =
        questions.stream().filter(question -> kept.find(question.asked()).isEmpty()).toList();
    client.askAll(
        missing.stream()
            .map(question -> new Request(Prompt.Chat.user(question.text()), sampling))
            .toList(),
        (index, reply) -> {
          Question question = missing.get(index);
          Judged judged = judged(question, answer(reply));
          kept.keep(question.asked(), judged);
          return judged;
        });
    return questions.stream().map(question -> kept.find(question.asked()).orElseThrow()).toList();
  }

  private Question question(JudgedProblem problem) {
    List<String> students = order.of(problem.id(), problem.answers().keySet());
    String text = prompt.render(problem, students);
    String all =
        String.join("\0", model, sampling.toString(), problem.id(), students.toString(), text);
    return new Question(
        problem.id(), students, text, Sha256.of(all.getBytes(StandardCharsets.UTF_8)));
  }

  private static Judged judged(Question question, Answer answer) {
    return new Judged(
        question.problem(), question.order(), answer.text(), verdict(answer, question.order()));
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
