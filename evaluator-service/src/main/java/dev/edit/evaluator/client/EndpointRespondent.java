package dev.edit.evaluator.client;

import dev.edit.evaluator.domain.Decoding;
import dev.edit.evaluator.domain.Question;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.RespondentFailure;
import dev.edit.evaluator.domain.Response;
import dev.edit.openai.OpenAiClient;
import dev.edit.openai.OpenAiClient.Request;
import dev.edit.openai.Prompt;
import dev.edit.openai.Reply;
import dev.edit.openai.Reply.Answer;
import dev.edit.openai.Reply.Answers;
import dev.edit.openai.Reply.Finish;
import dev.edit.openai.Reply.Malformed;
import dev.edit.openai.Reply.Refused;
import dev.edit.openai.Reply.Unavailable;
import dev.edit.openai.Sampling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A student behind an endpoint, asked for the text that follows a prompt. An endpoint that does not
 * answer fails the whole examination: a figure over some of the problems is none.
 */
final class EndpointRespondent implements Respondent {
  /** What vLLM and OpenAI say of a prompt that leaves no room for a response, both with 400. */
  private static final String NO_ROOM = "context length";

  private static final int BAD_REQUEST = 400;

  /** Servers differ in how large a seed may be; all of them take 31 bits. */
  private static final int SEED_SHIFT = 33;

  private final OpenAiClient client;
  private final String model;
  private final int maxNewTokens;

  EndpointRespondent(OpenAiClient client, String model, int maxNewTokens) {
    this.client = client;
    this.model = model;
    this.maxNewTokens = maxNewTokens;
  }

  @Override
  public List<Response> respond(List<Question> questions, Decoding decoding) {
    return client.askAll(
        questions.stream()
            .map(q -> new Request(new Prompt.Text(q.prompt()), sampling(q, decoding)))
            .toList(),
        EndpointRespondent::response);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("respondent", "endpoint", "model", model);
  }

  private Sampling sampling(Question question, Decoding decoding) {
    return new Sampling(
        maxNewTokens,
        decoding.temperature(),
        decoding.topP(),
        1,
        decoding.random() ? OptionalLong.of(question.seed() >>> SEED_SHIFT) : OptionalLong.empty());
  }

  private static Response response(Reply reply) {
    if (reply instanceof Answers answers) {
      Answer answer = answers.answers().get(0);
      return new Response(
          answer.text(),
          answer.finish() == Finish.LENGTH ? Response.Finish.LENGTH : Response.Finish.STOP);
    }
    if (reply instanceof Refused refused) {
      if (refused.status() == BAD_REQUEST
          && refused.message().toLowerCase(Locale.ROOT).contains(NO_ROOM)) {
        return new Response("", Response.Finish.LENGTH);
      }
      throw new RespondentFailure(
          "endpoint-refused", "HTTP status " + refused.status() + ": " + refused.message());
    }
    if (reply instanceof Malformed malformed) {
      throw new RespondentFailure("endpoint-malformed", malformed.message());
    }
    throw new RespondentFailure("endpoint-unavailable", ((Unavailable) reply).message());
  }

  @Override
  public void close() {
    client.close();
  }
}
